"""A result as JSON, and back: the format `maturity-result/1`.

A frozen result comes back exactly as it went: numbers are unrounded doubles, what does not exist is null.
"""

from __future__ import annotations

from .result_in import load_result
from .result_out import FORMAT, dump_result, result_data

__all__ = ["FORMAT", "dump_result", "load_result", "result_data"]
