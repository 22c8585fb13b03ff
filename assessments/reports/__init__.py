"""A Result delivered: everything that leaves the product as a file to keep."""
