"""Portfolio: lists over all clients of a person who runs assessments; each starts from what that person may see."""
