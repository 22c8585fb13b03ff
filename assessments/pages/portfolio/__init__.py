"""The desk of whoever runs assessments: lists over all their clients. Each begins with what this person may see."""
