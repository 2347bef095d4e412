"""How every chart looks: blue is measured, dashed orange a target, green best practice."""

from typing import Any

MEASURED = "#0062BA"
#: Measured as well, but not the one that is looked at.
BESIDE = "#8DB5DC"
#: Measured, of so few that it says little.
FEW = "#C5D6E8"
TARGET = "#B8470B"
BEST = "#2A6B3C"
INK = "#1F2C3D"
QUIET = "#545E6B"
GRID = "#E3E6E9"
BAND = "#EDEFF2"
#: What an annotation lasted: lighter than a month that is not complete.
PERIOD = "#F5F6F8"
#: What is usual of a month, by limits of change.
USUAL = "#EDF3F9"
#: The line that bars and axes stand on.
BASE = "#AEB5BD"
FONT = "Inter"

#: Pixels that a chart is drawn for: the inside of a card at 1280 and at 390 pixels.
WIDE = 1102
NARROW = 324

#: Mean width of a letter of Inter as a share of the text's size; digits are wider.
_LETTER = 0.56


def text_width(text: str, size: float) -> float:
    """About how many pixels a text takes. Errs upwards, so that nothing is cut."""
    return len(text) * size * _LETTER + 2


def size(*, wide: bool) -> int:
    """The size of text in a chart."""
    return 13 if wide else 12


def config(*, wide: bool) -> dict[str, Any]:
    """Vega-Lite's configuration."""
    letters = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": size(wide=wide)}
    return {
        "font": FONT,
        "background": "white",
        "view": {"stroke": None},
        "axis": {
            **letters,
            "titleFontSize": size(wide=wide),
            "labelColor": QUIET,
            "titleColor": QUIET,
            "titleFontWeight": 400,
            "gridColor": GRID,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
        },
        "text": {"font": FONT, "fontSize": size(wide=wide), "color": INK},
        "header": {**letters, "labelFontWeight": 600, "labelColor": INK, "title": None},
    }
