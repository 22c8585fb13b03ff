"""What a report may look like: colours that can be read, and pictures that are nothing but pictures. No Django model."""
