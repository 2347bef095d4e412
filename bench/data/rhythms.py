"""What happens day by day: each entry is one thing that comes back daily, with a chance.

The rows themselves are made in DuckDB from these, month by month (``bench.data.events``).
"""

from typing import Any

import numpy as np

from bench.data.people import AFTER, FIRST_DAY, NONE, Columns, People, stacked

#: kind of visit, usual minute of the local day, share of recipients, chance of a day (per mille)
_VISITS = (
    ("medication", 8 * 60 + 30, 0.75, 930),
    ("nursing", 12 * 60, 0.25, 700),
    ("medication", 19 * 60, 0.55, 930),
    ("supervision_night", 23 * 60 + 20, 0.12, 900),
    ("supervision_night", 3 * 60, 0.08, 900),
    ("practical_help", 10 * 60, 0.3, 140),
)
#: service → (vocabulary, code, minute, chance of a day)
_EVENTS = {
    "TA": (("alert", "2.1", 9 * 60, 90), ("alert", "9.1", 2 * 60, 30)),
    "GPS": (("alert", "3.1", 14 * 60, 80),),
    "DMS": (
        ("dispense", "1", 8 * 60, 960),
        ("dispense", "1.1", 14 * 60, 950),
        ("dispense", "1.2", 20 * 60, 970),
        ("alert", "1.1", 21 * 60, 60),
        ("dispense", "4", 16 * 60, 20),
    ),
    "DT": (("alert", "4.1", 1 * 60, 600), ("alert", "4.2", 5 * 60, 500)),
    "DHO": (("measurement", "1", 9 * 60, 900), ("measurement", "2", 18 * 60, 200)),
}

#: Share of the dispensers that forget a dose nearly every day: the code of a missed dose.
_FORGOTTEN = {"alert 1.1": 0.08}


def visits(who: People, rng: np.random.Generator) -> Columns:
    """Who is visited for what, at what time of the day, from when until when."""
    parts = []
    for kind, minute, share, chance in _VISITS:
        index = np.flatnonzero(rng.random(len(who.id)) < share)
        parts.append(
            {
                "who": who.id[index],
                "kind": np.full(len(index), kind, dtype="U20"),
                "minute": minute + rng.integers(-55, 55, len(index)),
                "chance": np.full(len(index), chance),
                "starts_on": who.begin[index],
                "ends_on": who.end[index],
            }
        )
    return _numbered(stacked(parts))


def events(registered: Columns, assignments: Columns, rng: np.random.Generator) -> Columns:
    """What each device says. Some speak on after they were taken back; some in stock speak too."""
    first, last = times(registered["device_id"], assignments)
    speaks = (first < AFTER) | (rng.random(len(first)) < 0.2)
    parts = []
    for service, said in _EVENTS.items():
        index = np.flatnonzero((registered["service"] == service) & speaks)
        for vocabulary, code, minute, chance in said:
            kind = f"{vocabulary} {code}"
            parts.append(
                {
                    "who": registered["device_id"][index],
                    "kind": np.full(len(index), kind, dtype="U20"),
                    "minute": minute + rng.integers(-55, 55, len(index)),
                    "chance": np.where(
                        rng.random(len(index)) < _FORGOTTEN.get(kind, 0), 950, chance
                    ),
                    "starts_on": np.where(first[index] < AFTER, first[index], FIRST_DAY + 900),
                    "ends_on": last[index] + 2,
                }
            )
    return _numbered(stacked(parts))


def expected(rhythms: Columns, *, first: int = FIRST_DAY, after: int = AFTER) -> float:
    """How many rows they give on the days from ``first`` until ``after``."""
    days = np.minimum(rhythms["ends_on"], after) - np.maximum(rhythms["starts_on"], first)
    return float((np.maximum(days, 0) * rhythms["chance"]).sum() / 1000)


def times(device_id: Any, assignments: Columns) -> tuple[Any, Any]:
    """From when until when somebody has each device; from after all where nobody has."""
    place = np.char.lstrip(assignments["device_id"], "D").astype(np.int64)
    first = np.full(len(device_id), AFTER)
    last = np.full(len(device_id), AFTER - 600)
    np.minimum.at(first, place, assignments["starts_on"])
    ends = np.where(assignments["ends_on"] == NONE, AFTER, assignments["ends_on"])
    last[place] = 0
    np.maximum.at(last, place, ends)
    return first, last


def _numbered(rhythms: Columns) -> Columns:
    return {"rhythm": np.arange(len(rhythms["who"]))} | rhythms
