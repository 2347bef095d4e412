"""From a Vega-Lite specification to an SVG that may stand in a page.

The figure is one picture to a screen reader: the per-mark English labels go, a title and a
description come. Drawing takes 60-80 ms, so every picture is kept by its content, in memory and in
``VFT_HOME/cache/charts``. Content is the key: a reader who may see less has another picture.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from threading import Lock, get_ident
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from vft.web.charts.vega import Spec

_VERSION = "6.4"
_NUMBERS = {
    "decimal": ",",
    "thousands": "\N{NO-BREAK SPACE}",
    "grouping": [3],
    "currency": ["", "\N{NO-BREAK SPACE}kr"],
    "minus": "\N{MINUS SIGN}",
    "percent": "\N{NO-BREAK SPACE}%",
}
#: Change it when drawing changes, so that kept pictures are drawn anew.
_EDITION = "9"
_ONE_AT_A_TIME = Lock()
#: Pictures held in memory: about 30 kB each.
_HELD = 600
_held: dict[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart for the page: the same figures wide and narrow, of which one is displayed."""

    wide: SafeString
    narrow: SafeString


def picture(chart: Any, *, spec: Callable[..., Spec], title: str, says: str) -> Picture:
    """Draw both variants of a chart.

    ``chart``: a dataclass that holds all that is drawn, the key that the picture is kept by.
    ``spec``: gives its specification, asked for only where there is no kept picture.
    ``says``: in words what a sighted reader takes from the chart.
    """
    return Picture(
        wide=_kept(chart, True, lambda: spec(chart, wide=True), title, says),
        narrow=_kept(chart, False, lambda: spec(chart, wide=False), title, says),
    )


def decoration(chart: Any, *, spec: Callable[..., Spec]) -> SafeString:
    """An SVG that a screen reader passes by: what it shows is said beside it."""
    return _kept(chart, True, lambda: spec(chart), "", "")


def _kept(chart: Any, wide: bool, spec: Callable[[], Spec], title: str, says: str) -> SafeString:  # noqa: FBT001 - part of the key
    key = sha256(repr((_EDITION, _VERSION, wide, chart)).encode()).hexdigest()[:24]
    found = _held.get(key)
    if found is None:
        found = _from_disk(key) or _to_disk(key, for_page(_drawn(spec()), key[:8], title, says))
        _hold(key, found)
    return mark_safe(found)  # noqa: S308 - made here, all texts escaped


def _hold(key: str, svg: str) -> None:
    if len(_held) >= _HELD:
        _held.clear()
    _held[key] = svg


def _file(key: str) -> Path:
    return Path(settings.VFT_HOME) / "cache" / "charts" / f"{key}.svg"


def _from_disk(key: str) -> str | None:
    file = _file(key)
    return file.read_text(encoding="utf-8") if file.exists() else None


def _to_disk(key: str, svg: str) -> str:
    file = _file(key)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}-{get_ident()}")
    fresh.write_text(svg, encoding="utf-8")
    fresh.replace(file)
    return svg


def clear(*, before: datetime) -> None:
    """Let go of pictures made before a moment: they may show what is since corrected or erased."""
    _held.clear()
    for file in _file("").parent.glob("*.svg"):
        if file.stat().st_mtime < before.timestamp():
            file.unlink(missing_ok=True)


def _drawn(spec: Spec) -> str:
    import vl_convert

    with _ONE_AT_A_TIME:
        _fonts()
        svg: str = vl_convert.vegalite_to_svg(
            spec, vl_version=_VERSION, format_locale=_NUMBERS, time_format_locale="nb-NO"
        )
    return svg


@lru_cache(maxsize=1)
def _fonts() -> None:
    import vl_convert

    from vft.web import assets

    vl_convert.register_font_directory(str(assets.VENDOR / "fonts"))


def for_page(svg: str, key: str, title: str, says: str) -> str:
    """Make a drawn SVG fit for the page.

    ``key`` sets its inner ids apart from those of other charts on the same page. Without a title
    it is decoration.
    """
    svg = re.sub(
        r' (aria-[a-z]+|role|class|xmlns:xlink|xmlns|version|pointer-events)="[^"]*"', "", svg
    )
    svg = re.sub(r'id="([^"]+)"', rf'id="{key}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", svg)
    svg = re.sub(r' (width|height)="[^"]*" (?=[^>]*viewBox)', " ", svg, count=1)
    if not title:
        return re.sub(
            r"<svg", '<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true"', svg, count=1
        )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-labelledby="{key}-title {key}-says"'
    )
    told = (
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-says">{escape(says)}</desc>'
    )
    return re.sub(r"<svg([^>]*)>", lambda m: f"{head}{m[1]}>{told}", svg, count=1)
