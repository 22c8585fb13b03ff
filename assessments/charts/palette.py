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

# The dark palette of `tokens.css`, by the light colour that it replaces: for pictures on dark slides
DARK = {
    TEXT: "#E8ECF1",
    MUTED: "#A7B1BE",
    BORDER: "#768393",
    GRID: "#323B46",
    PAPER: "#12161C",
    GROUND: "#1A2028",
    CURRENT: "#3FAFFC",
    INTERVAL: "#245276",
    PREVIOUS: "#E0B558",
    PEERS: "#F43297",
    **dict(zip(RAMP, ("#1F3350", "#28507F", "#336FB0", "#86B8E8", "#CFE3F7"), strict=True)),
}
