"""What is held about people: the register, the rows of one person, and their copy."""

from .copy import copy_of
from .register import HELD, NOBODYS, Fate, Held
from .rows import addresses_of, label_of, rows_about, rows_by, tables

__all__ = ["HELD", "NOBODYS", "Fate", "Held", "addresses_of", "copy_of", "label_of", "rows_about", "rows_by", "tables"]
