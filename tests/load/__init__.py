"""Many people at once: `make bench-load`. Needs locust, which only this installs."""
