"""View models: what a page shows, gathered for its view and template."""
