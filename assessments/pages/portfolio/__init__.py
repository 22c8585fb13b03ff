"""Portfolio: lists across all clients of a user who manages assessments; each starts from what the user may see."""
