"""Counts of one indicator are hidden where another's would tell them.

One city with three districts and three months. Marka has 3 users in February.
"""

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import publication_sample
import pytest
from publication_sample import CITY, FIRST_CHOICE, GROUPINGS, HOMES, UNITS, _ranked, _table
from publication_sample import write as write_sample

from vft.access.scope import Scope
from vft.publication.read import Publication
from vft.publication.write import Contents, write
from vft.web.book import NOW, Book
from vft.web.shown import Shown

MONTHS = ["2024-01", "2024-02", "2024-03"]
#: Users, who came, who came again and all that was told of them, by district and month.
USERS = {"030101": [60, 60, 60], "030102": [50, 50, 50], "030117": [9, 3, 9]}
CAME = {"030101": [8, 8, 8], "030102": [9, 9, 9], "030117": [9, 0, 6]}


def book(folder, *, told):
    """``told``: for each indicator what its definition says, and its counts by code."""
    districts = [code for grouping, code in UNITS if grouping == "district"]
    inside = {"0301": districts, "LDS": ["030101", "030102"], "OUS": ["030117"]}

    def figure(by_district, unit, n):
        return float(sum(by_district[d][n] for d in inside.get(unit, [unit])))

    key = ("total", "ALL")
    figures = [
        (
            *(indicator, measure, *key, grouping, unit, geography, month),
            *(figure(by_district, unit, n), "value", True),
        )
        for indicator, (_said, counts) in told.items()
        for measure, by_district in counts.items()
        for grouping, unit in UNITS
        for geography in ("then", "now")
        for n, month in enumerate(MONTHS)
    ]
    counted = ("count", "personer", "", "", "", 0, "higher", False, True)
    homes = [
        (n, date(1900, 1, 1), date(9999, 12, 31), grouping, code, geography)
        for n, codes in enumerate(HOMES[:3])
        for grouping, code in UNITS
        if code in {"0301", *codes}
        for geography in ("then", "now")
    ]
    tables = {
        "grouping": _table("code name kind rank", _ranked(GROUPINGS)),
        "unit": _table(
            "grouping code name parent geography rank",
            [
                (grouping, code, name, parent, geography, rank)
                for geography in ("then", "now")
                for rank, ((grouping, code), (name, parent)) in enumerate(UNITS.items())
            ],
        ),
        "home": _table("home starts_on ends_on grouping unit geography", homes),
        "slice": _table("kind code name short rank", [("total", "ALL", "Alt", "alt", 0)]),
        "slice_part": _table("kind code part", [("total", "ALL", "TA")]),
        "indicator": _table(
            "code title family question unit_of_measure definition rank",
            [
                (code, code, "Skalering", "", "personer", json.dumps(said), n)
                for n, (code, (said, _counts)) in enumerate(told.items())
            ],
        ),
        "measure": _table(
            "indicator code title kind unit_of_measure numerator denominator basis decimals "
            "better independent at_month_end rank",
            [
                (code, measure, measure, *counted, n)
                for code, (_said, counts) in told.items()
                for n, measure in enumerate(counts)
            ],
        ),
        "figure": _table(
            "indicator measure slice_kind slice grouping unit geography month value state complete",
            figures,
        ),
    }
    contents = Contents(
        manifest=1, municipality="Oslo", code_version="test", inputs={}, tables=tables
    )
    return Book(Publication.open(write(folder, contents, now=datetime(2024, 4, 1, tzinfo=UTC))))


def hidden(here, indicator, measure, *, own=()):
    """Unit → the months in which a reader is not shown it."""
    shown = Shown(here, Scope(whole=False, units=frozenset(own)))
    cells = shown.cells(indicator, geography=NOW)
    found = {
        unit: [p.month for p in points if p.cell.value is None]
        for (code, _slice, _grouping, unit), points in cells.items()
        if code == measure
    }
    return {unit: months for unit, months in found.items() if months}


@pytest.fixture
def published(tmp_path):
    opened = []

    def publish(**told):
        opened.append(book(tmp_path, told=told))
        return opened[-1]

    yield publish
    for one in opened:
        with closing(one.publication):
            pass


def test_who_came_is_hidden_where_who_is_there_is_and_the_month_after(published):
    here = published(stock=({}, {"users": USERS}), flow=({"hides_with": ["stock"]}, {"came": CAME}))
    assert hidden(here, "stock", "users")["030117"] == ["2024-02"]
    # in March 6 came, from 3 to 9; in February none did, and a partner's partner it is too
    assert hidden(here, "flow", "came")["030117"] == ["2024-02", "2024-03"]


def test_without_a_word_of_it_indicators_are_not_linked(published):
    here = published(stock=({}, {"users": USERS}), flow=({}, {"came": CAME}))
    assert hidden(here, "flow", "came") == {}


def test_the_same_count_is_hidden_alike_in_two_indicators(published):
    """Beside another share the same count could else have another partner there."""
    shared = {unit: (np.array(counts) // 2).tolist() for unit, counts in USERS.items()}
    here = published(
        one=({"hides_with": ["two"]}, {"users": USERS}),
        two=({"hides_with": ["one"]}, {"part": shared, "everyone": USERS}),
    )
    assert hidden(here, "one", "users") == hidden(here, "two", "everyone") != {}


def test_what_is_for_its_own_unit_only_is_shown_there_only(published):
    said = {"measures": [{"code": "users", "own_only": True}]}
    here = published(stock=(said, {"users": USERS}))
    seen = hidden(here, "stock", "users", own=["030101"])
    assert "030101" not in seen
    assert seen["0301"] == MONTHS


def test_what_would_wait_for_itself_is_hidden_and_not_waited_for(published):
    """The users of the third are those of the stock, and it hides with those who came to it."""
    here = published(
        stock=({}, {"users": USERS}),
        flow=({"hides_with": ["stock"]}, {"came": CAME}),
        third=({"hides_with": ["flow", "stock"]}, {"everyone": USERS}),
    )
    assert hidden(here, "stock", "users")["030101"] == MONTHS
    assert hidden(here, "third", "everyone")["030101"] == MONTHS
    assert hidden(here, "flow", "came")["030101"] == MONTHS


def test_what_is_made_of_counts_is_shown_only_where_they_all_are(published):
    """Weighted sums of need groups in many services would tell how many are in each."""
    many = {unit: [40, 40, 40] for unit in USERS}
    said = {"measures": [{"code": "expected", "made_of": "needs"}]}
    here = published(
        needs=({}, {"low": USERS, "high": many}),
        coverage=(said, {"expected": many, "recipients": many}),
    )
    in_any_group = hidden(here, "needs", "low")
    assert in_any_group["030117"] == ["2024-02"]
    assert hidden(here, "coverage", "expected") == in_any_group
    assert hidden(here, "coverage", "recipients") == hidden(here, "needs", "high") == {}
    own = hidden(here, "coverage", "expected", own=["030117"])
    assert "030117" not in own


def test_kroner_of_a_whole_are_hidden_where_those_of_a_part_are(tmp_path, monkeypatch):
    """Each krone is in one service: all of them less those shown would be those hidden."""
    kroner = ("days", "Kroner", "amount", "kr", "", "", "part", 0, "lower")
    measures = [kroner if m[0] == "days" else m for m in publication_sample.OF_FIRST_CHOICE]
    monkeypatch.setattr(publication_sample, "OF_FIRST_CHOICE", measures)
    people = {
        "TA": {"030101": 40, "030102": 40, "030117": 40},
        "DT": {"030101": 40, "030102": 40, "030117": 3},
        "ALL": {"030101": 60, "030102": 60, "030117": 41},
    }
    told = {}
    for code, by_district in people.items():
        west = by_district["030101"] + by_district["030102"]
        whole = {"0301": west + by_district["030117"], "LDS": west, "OUS": by_district["030117"]}
        for unit, part in (by_district | whole).items():
            told[code, unit] = (part, 3 * part, 9000)
    here = Book(Publication.open(write_sample(tmp_path, replace(CITY, first_choice=told))))
    shown = Shown(here, Scope(whole=False, units=frozenset()))
    marka, of = here.units[NOW]["district", "030117"], here.slices_of(FIRST_CHOICE)

    def is_hidden(measure, key):
        figure = here.measures[FIRST_CHOICE][measure]
        return shown.hides(marka, "2024-10", measure=figure, of=of[key])

    each = ["service:TA", "service:DT", "total:ALL"]
    assert [is_hidden("part", key) for key in each] == [False, True, False]
    assert [is_hidden("days", key) for key in each] == [False, True, True]
