"""Months along an axis, as whole numbers, so that no time zone can move a point."""

from collections.abc import Sequence

from vft.web import norwegian
from vft.web.charts import style

_STRIDES = (1, 2, 3, 6, 12, 24, 60)


def place(month: str) -> int:
    """Where a month stands on the axis."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def code(position: int) -> str:
    """The month that stands there."""
    return f"{position // 12:04d}-{position % 12 + 1:02d}"


def ticks(months: Sequence[str], *, width: float, size: float) -> dict[int, str]:
    """Labels by place, as many as there is room for: years alone where months do not fit."""
    first, last = place(months[0]), place(months[-1])
    for stride in _STRIDES:
        label = norwegian.short_month if stride < 12 else _year  # noqa: PLR2004 - months of a year
        found = {p: label(code(p)) for p in range(first, last + 1) if p % stride == 0}
        room = width / max((last - first) / stride, 1)
        if found and room > max(style.text_width(text, size) for text in found.values()) + 14:
            return found
    return {first: _year(months[0])}


def label_expression(labels: dict[int, str]) -> str:
    """The labels as an expression of Vega, which cannot be handed a table."""
    pairs = ", ".join(f"'{place}': '{text}'" for place, text in labels.items())
    return f"{{{pairs}}}[datum.value]"


def _year(month: str) -> str:
    return month[:4]
