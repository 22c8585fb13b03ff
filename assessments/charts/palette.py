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
RAMP = ("#E3EDF8", "#AECBEA", "#6A9FD6", "#2463B0", "#0A2A5E")  # of five levels, the lowest first
BETWEEN = {"2-3": "#7BAADB", "3-4": "#5089C8", "4-5": "#174788"}  # for more than five
TONES = {
    2: ("1", "5"),
    3: ("1", "3", "5"),
    4: ("1", "2", "4", "5"),
    6: ("1", "2", "3", "4", "4-5", "5"),
    7: ("1", "2", "2-3", "3-4", "4", "4-5", "5"),
}
FILL = dict(zip("12345", RAMP, strict=True)) | BETWEEN
ON_FILL = {fill: PAPER if tone in {"4", "4-5", "5"} else TEXT for tone, fill in FILL.items()}
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
    **dict(zip(BETWEEN.values(), ("#2C5F97", "#3670AF", "#AACDEF"), strict=True)),
}


def tone(place: int, levels: int) -> str:
    """The colour of a level, the lowest at place 1: no two levels of a ladder of up to seven share one."""
    return TONES.get(levels, tuple("12345"))[min(place, levels) - 1]
