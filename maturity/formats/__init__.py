"""How each language writes a date. Templates name the kind (`date:"DATE_FORMAT"`), never the letters of a format."""
