"""A report as slides: PowerPoint with charts that can be edited, from the same sections and sentences."""
