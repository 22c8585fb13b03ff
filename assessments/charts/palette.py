"""The light palette of every drawing; on screen the classes in `charts.css` override it."""

TEXT = "#1B1F24"
MUTED = "#4B5563"
BORDER = "#6B7280"
GRID = "#D5DAE1"
PAPER = "#FFFFFF"
GROUND = "#F6F8FB"
CURRENT = "#0D49BB"
INTERVAL = "#BBCCEC"
PREVIOUS = "#BD5B0A"
PEERS = "#1EA596"
TARGET = "#1B1F24"
RAMP = ("#E3EDF8", "#AECBEA", "#6A9FD6", "#2463B0", "#0A2A5E")  # level 1 first
ON_RAMP = (TEXT, TEXT, TEXT, PAPER, PAPER)
FONT = "Source Sans 3"
