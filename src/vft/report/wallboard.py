"""The måltavle: one unit's month on an A3 page for the wall, as PDF/UA-1."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

MEDIA_TYPE = "application/pdf"
_TEMPLATE = Path(__file__).with_name("wallboard.typ")


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One service. ``value``: the figure as it is written, or its state in words.

    ``points``: the figures of the months of the line, oldest first; None breaks it. ``says``: the
    line for someone who cannot see it.
    """

    name: str
    value: str
    is_figure: bool
    changes: tuple[str, ...]
    points: tuple[float | None, ...]
    first: str
    last: str
    says: str


@dataclass(frozen=True, kw_only=True)
class Box:
    """A few sentences under a heading."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    """What the page tells. At most twelve panels, of which six are easily read."""

    title: str
    month: str
    municipality: str
    panels: Sequence[Panel]
    boxes: Sequence[Box]
    foot: str
    published_at: datetime


def write(board: Board, *, fonts: Path) -> bytes:
    """The page as a tagged PDF. ``fonts``: the folder with Inter.

    The same board gives the same bytes.

    Raises:
        RuntimeError: the fonts are not there, so that the text would be set in another.
    """
    import typst

    if not any(fonts.glob("Inter-*.ttf")):
        raise RuntimeError(f"No Inter in {fonts}: the build has not fetched it.")
    page: bytes = typst.compile(
        _TEMPLATE,
        font_paths=[fonts],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"board": json.dumps(_told(board))},
        pdf_standards=["ua-1"],
        timestamp=int(board.published_at.timestamp()),
    )
    return page


def _told(board: Board) -> dict[str, Any]:
    told = asdict(board)
    del told["published_at"]
    return told
