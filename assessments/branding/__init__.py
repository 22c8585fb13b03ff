"""Report branding: readable colours, and safe images. No Django model."""
