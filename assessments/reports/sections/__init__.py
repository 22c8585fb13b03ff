"""What a report says, a subject a file: each is built once, as blocks, for paper and Word."""
