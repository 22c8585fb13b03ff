"""The desk of whoever runs rounds: lists over all their clients. Each begins with what this person may see."""
