"""The visible rows of each indicator's spec, for its page in the catalogue.

``examples.json`` is written from the specs by ``make catalogue``; a test holds them together.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

#: Columns that say where a case lives: each has a unit of hers, to be told apart by. Not shown.
PLACES = frozenset({"district", "unit"})
#: What is told of a case beside the indicator's measures: column → what a reader meets.
HEADINGS: dict[str, str] = {
    "at": "Mottatt",
    "case": "Eksempel",
    "counted_as": "Telles som",
    "doses_not_out": "Ikke levert ut",
    "doses_out": "Levert ut",
    "minutes": "Minutter hos mottakeren",
    "minutes_with_travel": "Minutter med reise",
    "month": "Måned",
    "outcome": "Utfall",
    "product": "Produkt",
    "seconds_waited": "Ventetid i sekunder",
    "service": "Tjeneste",
    "test_doses": "Prøver",
    "travel_doses": "Reisedoser",
    "untimed_visits": "Besøk uten registrert tid",
    "visits": "Besøk",
    "with_dispenser": "Nye mottakere med medisindispenser først",
}


def of(indicator: str, titles: Mapping[str, str]) -> dict[str, list[list[str]] | list[str]]:
    """``headings`` and ``rows``, of strings; empty where there is no spec.

    ``titles``: of the indicator's measures, by code. Raises ``LookupError`` at a column that is
    neither a measure nor has a heading, so that no code is published.
    """
    lines = [line.split("|") for line in written(indicator).splitlines()]
    if not lines:
        return {}
    names, *rows = [[cell.strip() for cell in line] for line in lines]
    shown = [place for place, name in enumerate(names) if name not in PLACES]
    return {
        "headings": [_heading(indicator, names[place], titles) for place in shown],
        "rows": [[row[place] for place in shown] for row in rows],
    }


def written(indicator: str) -> str:
    """The table as it stands in the spec, a line a case and bars between cells."""
    return _all().get(indicator, "")


def _heading(indicator: str, name: str, titles: Mapping[str, str]) -> str:
    found = titles.get(name) or HEADINGS.get(name)
    if found is None:
        raise LookupError(
            f"The spec of {indicator} has a column {name!r}, which is none of its measures. Name "
            "it by the measure's code, or give it a heading in vft.indicators.examples."
        )
    return found


@cache
def _all() -> dict[str, str]:
    text = files("vft.indicators").joinpath("examples.json").read_text(encoding="utf-8")
    told: dict[str, str] = json.loads(text)
    return told
