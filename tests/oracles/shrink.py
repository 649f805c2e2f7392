"""Delta debugging: the shortest list that still shows something."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def _without_chunks(items: list[T], size: int, shows: Callable[[list[T]], bool]) -> list[T]:
    """Leave out runs of `size`, from the end, wherever it shows without them."""
    end = len(items)
    while end > 0:
        start = max(0, end - size)
        shorter = items[:start] + items[end:]
        if shorter and shows(shorter):
            items = shorter
        end = start
    return items


def shrink(items: Sequence[T], shows: Callable[[list[T]], bool]) -> list[T]:
    """Fewer of the items, in their order, so that leaving out any one more would no longer show it."""
    current = list(items)
    size = max(1, len(current) // 2)
    while True:
        before = len(current)
        current = _without_chunks(current, size, shows)
        if size == 1 and len(current) == before:
            return current
        size = max(1, size // 2) if size > 1 else 1
