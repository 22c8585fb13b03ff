"""Personal data: the register, a person's rows, and their copy."""

from .copy import copy_of
from .register import NOT_PERSONAL, REGISTER, ErasurePolicy, TableEntry
from .rows import addresses_of, label_of, rows_about, rows_by, tables
