"""A Result drawn: the figure, the same figure as SVG, the same figures as sentences, and the page they stand on."""
