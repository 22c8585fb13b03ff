"""How each language writes dates. Templates name the format (`date:"DATE_FORMAT"`) instead of spelling it out."""
