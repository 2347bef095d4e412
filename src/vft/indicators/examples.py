"""The visible rows of each indicator's spec, for its page in the catalogue.

``examples.json`` is written from the specs by ``make catalogue``; a test holds them together.
"""

import json
from functools import cache
from importlib.resources import files


def of(indicator: str) -> str:
    """A table as text, a line a case and bars between cells; empty where there is no spec."""
    return _all().get(indicator, "")


@cache
def _all() -> dict[str, str]:
    text = files("vft.indicators").joinpath("examples.json").read_text(encoding="utf-8")
    told: dict[str, str] = json.loads(text)
    return told
