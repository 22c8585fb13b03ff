"""View models: the data of a page, prepared for its view and template."""
