"""A publication small enough to see through, written as any other is.

One municipality, three districts of which one is tiny, two hospital sectors, two services and a
reporting group, from January 2023. The last month is not complete.

Beside the counts of one indicator there can be another, of kinds that do not add up: a share, a
median, and products.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import product

import pyarrow as pa

from vft.indicators.catalogue import all_indicators
from vft.publication.write import Contents
from vft.publication.write import write as write_publication
from vft.tables.period import months_between

INDICATOR = "concurrent_users"
UNITS = {
    ("municipality", "0301"): ("Oslo", None),
    ("district", "030101"): ("Gamle Oslo", "0301"),
    ("district", "030102"): ("Grünerløkka", "0301"),
    ("district", "030117"): ("Marka", "0301"),
    ("hospital_sector", "LDS"): ("Lovisenberg", "0301"),
    ("hospital_sector", "OUS"): ("Oslo universitetssykehus", "0301"),
}
SLICES = [
    ("service", "TA", "Trygghetsalarm", "trygghetsalarm"),
    ("service", "DT", "Digitalt tilsyn", "digitalt tilsyn"),
    ("group", "ALARM", "Alarmer", "alarmer"),
    ("total", "ALL", "All velferdsteknologi", "velferdsteknologi"),
]
#: What each counts: all that there is.
SLICE_PARTS = [
    ("service", "TA", "TA"),
    ("service", "DT", "DT"),
    ("group", "ALARM", "TA"),
    ("group", "ALARM", "DHO"),
    ("total", "ALL", "TA"),
    ("total", "ALL", "DHO"),
    ("total", "ALL", "DT"),
]
#: Where people live: a district in a sector, or nowhere that is known.
HOMES = [("030101", "LDS"), ("030102", "LDS"), ("030117", "OUS"), ()]
GROUPINGS = [
    ("municipality", "Kommune", "level"),
    ("district", "Bydel", "level"),
    ("hospital_sector", "Sykehussektor", "grouping"),
]
MEASURES = [
    ("concurrent", "Samtidige brukere"),
    ("vedtak_only", "Bare vedtak"),
    ("device_only", "Bare utstyr"),
    ("unique_in_month", "Ulike brukere i måneden"),
]
#: The second indicator, where the sample has it: (code, title, kind, unit, numerator, denominator,
#: basis, decimals, better).
FIRST_CHOICE = "technology_first"
OF_FIRST_CHOICE = [
    ("share", "Andel teknologi først", "share", "prosent", "part", "whole", "", 1, "higher"),
    ("part", "Fikk teknologi først", "count", "personer", "", "", "", 0, "higher"),
    ("whole", "Nye mottakere", "count", "personer", "", "", "", 0, "neither"),
    ("days", "Median dager til teknologi", "quantity", "dager", "", "", "part", 0, "lower"),
]
PRODUCTS = [
    ("product", "TA:Fast", "Fast alarm (TA)", "Fast alarm"),
    ("product", "TA:Mobil", "Mobil alarm (TA)", "Mobil alarm"),
]
GEOGRAPHIES = ("then", "now")
FIRST, LAST = "2023-01", "2024-12"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What a publication holds beyond its lists. Figures not told are 0.

    ``last``: (measure, slice, unit) → the figure of the newest complete month; each month before
    has one less, down to nothing, and the month after, which is not complete, has half.
    ``before``: (measure, slice, unit, month) → what the publication before said instead.
    """

    last: dict[tuple[str, str, str], int] = field(default_factory=dict)
    missing: frozenset[tuple[str, str, str]] = frozenset()
    before: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    references: tuple[tuple, ...] = ()
    annotations: tuple[tuple, ...] = ()
    figure: object = None
    first_choice: dict[tuple[str, str], tuple[int, int, int]] = field(default_factory=dict)
    """(slice, unit) → part, whole and days of the second indicator, alike in every month.

    Of nobody there is no share and no median. A sample without any has one indicator."""


def write(folder, sample):
    """Publish the sample, and before it what it corrects; gives the newest file."""
    if sample.before:
        write_publication(folder, _contents(sample, sample.before), now=_at(14))
    return write_publication(folder, _contents(sample, {}), now=_at(15))


def _at(day):
    return datetime(2024, 12, day, 6, 30, tzinfo=UTC)


def _contents(sample, before):
    return Contents(
        manifest=12,
        municipality="Oslo",
        code_version="test",
        inputs={},
        tables={
            "grouping": _table("code name kind rank", _ranked(GROUPINGS)),
            "unit": _table("grouping code name parent geography rank", _units()),
            "home": _table("home starts_on ends_on grouping unit geography", list(_homes())),
            "slice_part": _table("kind code part", SLICE_PARTS),
            "slice": _table("kind code name short rank", _ranked(_slices(sample))),
            "indicator": _table(
                "code title family question unit_of_measure definition rank", _indicators(sample)
            ),
            "measure": _table(
                "indicator code title kind unit_of_measure numerator denominator basis "
                "decimals better independent at_month_end rank",
                _measures(sample),
            ),
            "figure": _table(
                "indicator measure slice_kind slice grouping unit geography month value state "
                "complete",
                [*_figures(sample, before), *_of_first_choice(sample)],
            ),
            "reference": _table(
                "slice grouping unit counted_on value measure origin", sample.references
            ),
            "annotation": _table("starts_on ends_on unit service text", sample.annotations),
        },
    )


#: kind, unit, numerator, denominator, basis, decimals, better, independent
COUNTED = ("count", "personer", "", "", "", 0, "higher", False)


def _slices(sample):
    return [*SLICES, *(PRODUCTS if sample.first_choice else [])]


def _indicators(sample):
    counted = all_indicators()[INDICATOR].described()
    first = counted | {
        "title": "Teknologi først",
        "question": "Hvor mange får teknologi først?",
        "descriptive": True,
        "measures": [
            {"code": code, "title": title, "meaning": f"{title} i eksempelet.", "unit": unit}
            | {"per": 100 if kind == "share" else 1, "kind": kind}
            for code, title, kind, unit, *_ in OF_FIRST_CHOICE
        ],
    }
    found = [
        (code, told["title"], "Skalering", told["question"], told["unit"], json.dumps(told))
        for code, told in ((INDICATOR, counted), (FIRST_CHOICE, first))
    ]
    return _ranked(found if sample.first_choice else found[:1])


def _measures(sample):
    found = [(INDICATOR, *m, *COUNTED, m[0] != "unique_in_month") for m in MEASURES]
    if sample.first_choice:
        found += [(FIRST_CHOICE, *m, True, False) for m in OF_FIRST_CHOICE]
    return _ranked(found)


def _of_first_choice(sample):
    places = product(
        [s for s in _slices(sample) if s[0] != "group"],
        UNITS,
        GEOGRAPHIES,
        months_between(FIRST, LAST),
        [m[0] for m in OF_FIRST_CHOICE],
    )
    return [
        (
            *(FIRST_CHOICE, measure, kind, code, grouping, unit, geography, month),
            *_first_choice(measure, *sample.first_choice.get((code, unit), (0, 0, 0))),
            month != LAST,
        )
        for (kind, code, _, _), (grouping, unit), geography, month, measure in places
        if sample.first_choice
    ]


def _first_choice(measure, part, whole, days):
    if measure in {"part", "whole"}:
        return {"part": part, "whole": whole}[measure], "value"
    value = (100 * part / whole if whole else None) if measure == "share" else days or None
    return value, "undefined" if value is None else "value"


def _table(names, rows):
    columns = zip(*rows, strict=True) if rows else ([] for _ in names.split())
    return pa.table(dict(zip(names.split(), map(list, columns), strict=True)))


def _ranked(rows):
    return [(*row, rank) for rank, row in enumerate(rows)]


def _homes():
    for (home, codes), geography in product(enumerate(HOMES), GEOGRAPHIES):
        for grouping, code in UNITS:
            if code in {"0301", *codes}:
                yield home, date(1900, 1, 1), date(9999, 12, 31), grouping, code, geography


def _units():
    return [
        (grouping, code, name, parent, geography, rank)
        for geography in GEOGRAPHIES
        for rank, ((grouping, code), (name, parent)) in enumerate(UNITS.items())
    ]


def _figures(sample, before):
    months = months_between(FIRST, LAST)
    places = product(MEASURES, SLICES, UNITS, GEOGRAPHIES, enumerate(months))
    figure = sample.figure or _figure
    return [
        (
            *(INDICATOR, measure, kind, code, grouping, unit, geography, month),
            *figure(sample, before, (measure, code, unit, month), len(months) - 2 - place),
            month != LAST,
        )
        for (measure, _), (kind, code, _, _), (grouping, unit), geography, (place, month) in places
    ]


def _figure(sample, before, key, months_ago):
    if key[:3] in sample.missing:
        return None, "missing"
    last = sample.last.get(key[:3], 0)
    value = last // 2 if months_ago < 0 else max(last - months_ago, 0)
    return before.get(key, value), "value"


#: A small city: Marka is tiny, and Grünerløkka has few with digitalt tilsyn.
CITY = Sample(
    last={
        ("concurrent", "TA", "0301"): 11482,
        ("concurrent", "TA", "030101"): 6000,
        ("concurrent", "TA", "030102"): 5479,
        ("concurrent", "TA", "030117"): 3,
        ("concurrent", "TA", "LDS"): 11479,
        ("concurrent", "TA", "OUS"): 3,
        ("vedtak_only", "TA", "0301"): 45,
        ("vedtak_only", "TA", "030101"): 20,
        ("vedtak_only", "TA", "030102"): 25,
        ("device_only", "TA", "0301"): 12,
        ("device_only", "TA", "030101"): 8,
        ("device_only", "TA", "030102"): 4,
        ("unique_in_month", "TA", "0301"): 11600,
        ("concurrent", "DT", "0301"): 27,
        ("concurrent", "DT", "030101"): 24,
        ("concurrent", "DT", "030102"): 3,
        ("concurrent", "ALARM", "0301"): 11482,
        ("concurrent", "ALL", "0301"): 11500,
    },
    missing=frozenset({("unique_in_month", "DT", "0301")}),
    before={
        ("concurrent", "TA", "0301", "2024-10"): 11480,
        ("concurrent", "DT", "030102", "2024-10"): 1,
    },
    references=(("TA", "municipality", "0301", date(2024, 11, 30), 11500, "users", "Oslo 2024"),),
    annotations=((date(2024, 3, 1), None, None, "TA", "7 500 alarmer byttet"),),
    first_choice={
        # slice      unit      part whole days
        ("TA", "0301"): (330, 1000, 12),
        ("TA", "030101"): (290, 800, 11),
        ("TA", "030102"): (40, 200, 20),
        ("DT", "0301"): (8, 20, 33),
        ("DT", "030101"): (5, 9, 30),
        ("DT", "030102"): (3, 11, 40),
        ("TA:Fast", "0301"): (300, 900, 10),
        ("TA:Mobil", "0301"): (100, 300, 15),
    },
)
NOTHING = replace(
    CITY,
    last={},
    missing=frozenset(),
    before={},
    references=(),
    annotations=(),
    first_choice={},
)
