"""From a Vega-Lite specification to an SVG that may stand in a page.

The figure is one picture to a screen reader: the per-mark English labels go, a title and a
description come. Drawing takes 60-80 ms, so every picture is kept by its content, in memory and in
``VFT_HOME/cache/charts``. Content is the key: a reader who may see less has another picture.
"""

import json
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

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
_EDITION = "1"
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart for the page: the same figures wide and narrow, of which one is displayed."""

    wide: SafeString
    narrow: SafeString


def picture(*, wide: dict[str, Any], narrow: dict[str, Any], title: str, says: str) -> Picture:
    """Draw both variants. ``says``: in words what a sighted reader takes from the chart."""
    return Picture(
        wide=draw(wide, title=title, says=says), narrow=draw(narrow, title=title, says=says)
    )


def draw(spec: dict[str, Any], *, title: str, says: str) -> SafeString:
    """The SVG of a specification, drawn once."""
    content = json.dumps([_EDITION, _VERSION, spec, title, says], sort_keys=True)
    return mark_safe(_kept(sha256(content.encode()).hexdigest()[:24], content))  # noqa: S308 - made here, all texts escaped


@lru_cache(maxsize=512)
def _kept(key: str, content: str) -> str:
    file = Path(settings.VFT_HOME) / "cache" / "charts" / f"{key}.svg"
    if file.exists():
        return file.read_text(encoding="utf-8")
    _, _, spec, title, says = json.loads(content)
    svg = for_page(_drawn(spec), key=key[:8], title=title, says=says)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(svg, encoding="utf-8")
    fresh.replace(file)
    return svg


def _drawn(spec: dict[str, Any]) -> str:
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


def for_page(svg: str, *, key: str, title: str, says: str) -> str:
    """Make a drawn SVG fit for the page.

    ``key`` sets its inner ids apart from those of other charts on the same page.
    """
    svg = re.sub(
        r' (aria-[a-z]+|role|class|xmlns:xlink|xmlns|version|pointer-events)="[^"]*"', "", svg
    )
    svg = re.sub(r'id="([^"]+)"', rf'id="{key}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", svg)
    svg = re.sub(r' (width|height)="[^"]*" (?=[^>]*viewBox)', " ", svg, count=1)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-labelledby="{key}-title {key}-says"'
    )
    told = (
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-says">{escape(says)}</desc>'
    )
    return re.sub(r"<svg([^>]*)>", lambda m: f"{head}{m[1]}>{told}", svg, count=1)
