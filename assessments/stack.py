"""Room on the stack of the interpreter.

CPython keeps the frames of calls in pieces of 16 KB and gives a piece back to the system as soon as its last frame ends.
A loop that calls across the edge of a piece asks the system for memory at each call: 400 times in a page, a tenth of it.
A frame that claims more than a piece gets a larger one, in which the frames above it have room as well.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Any

SLOTS = 33_000  # of 8 bytes: claimed in a piece of 512 KB, whose other half has room for a thousand frames


def with_room[**Given, Result](function: Callable[Given, Result]) -> Callable[Given, Result]:
    """The function, which does the same, but whatever it calls finds room on the stack."""

    def call(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return FunctionType(call.__code__.replace(co_stacksize=SLOTS), call.__globals__, closure=call.__closure__)
