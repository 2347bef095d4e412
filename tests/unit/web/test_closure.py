"""Nothing that is hidden from a reader of a part can be worked out from all the views she may open.

An adversary knows how units lie in each other, then and now, and opens every unit of every level
and grouping in both geographies. She tries every population that fits what she saw: a hidden count
that is the same in all of them she has worked out. See :func:`places` for the cities she tries.
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publication_sample import INDICATOR, MEASURES, SLICES, _ranked, _table

from vft.access.disclosure import THRESHOLD, Cell, State
from vft.access.scope import Scope
from vft.publication.read import Publication
from vft.publication.write import Contents, write
from vft.tables.period import months_between
from vft.web.book import NOW, THEN, Book, Slice
from vft.web.shown import Shown

TA = Slice(kind="service", code="TA", name="", short="")
CITY = "0301"
MONTHS = months_between("2023-01", "2024-08")
#: No more live in one place: the adversary need not try more.
MOST = 24


@dataclass(frozen=True)
class Place:
    """Where some people live: district, part and sector, then and now; None where in none.

    A district with a part has a name of its own; a sector is a letter. ``(D1)``: there is no such
    district, though the part still names it as the one above.
    """

    then: tuple[str | None, str | None, str | None]
    now: tuple[str | None, str | None, str | None]

    def units(self, geography):
        district, part, sector = self.then if geography == THEN else self.now
        found = [("municipality", CITY), ("district", district), ("part_district", part)]
        return {u for u in [*found, ("sector", sector)] if u[1] and "(" not in u[1]}


def places(text):
    """``D1/p1/A > D2/p1/A`` a line, ``-`` for none; the same then and now where there is no >."""
    found = []
    for line in text.strip().splitlines():
        ends = [
            tuple(None if x == "-" else x for x in end.strip().split("/"))
            for end in line.split(">")
        ]
        found.append(Place(ends[0], ends[-1]))
    return found


def book(folder, living, counts):
    """A publication of a city. ``counts``: for each month, how many live in each place."""
    units = {
        (geography, *unit): _parent(unit, place.then if geography == THEN else place.now)
        for geography in (THEN, NOW)
        for place in living
        for unit in sorted(place.units(geography))
    }
    figures = [
        (
            *(INDICATOR, "concurrent", "service", "TA", grouping, code, geography, month),
            sum(
                n
                for n, p in zip(counts[m], living, strict=True)
                if (grouping, code) in p.units(geography)
            ),
            *("value", True),
        )
        for (geography, grouping, code), (m, month) in product(units, enumerate(MONTHS))
    ]
    names = [("municipality", "Kommune"), ("district", "Bydel"), ("part_district", "Delbydel")]
    tables = {
        "grouping": _table(
            "code name kind rank",
            _ranked([*((*n, "level") for n in names), ("sector", "Sektor", "grouping")]),
        ),
        "unit": _table(
            "grouping code name parent geography rank",
            [
                (grouping, code, code, parent, geography, rank)
                for rank, ((geography, grouping, code), parent) in enumerate(units.items())
            ],
        ),
        "slice": _table("kind code name short rank", _ranked(SLICES)),
        "indicator": _table(
            "code title question unit_of_measure definition", [(INDICATOR, "", "", "", "{}")]
        ),
        "measure": _table(
            "indicator code title rank", [(INDICATOR, *m) for m in _ranked(MEASURES)]
        ),
        "figure": _table(
            "indicator measure slice_kind slice grouping unit geography month value state complete",
            figures,
        ),
        "reference": _table("slice grouping unit counted_on value measure origin", []),
        "annotation": _table("starts_on ends_on unit service text", []),
    }
    contents = Contents(
        manifest=1, municipality="Oslo", code_version="test", inputs={}, tables=tables
    )
    return Book(Publication.open(write(folder, contents, now=datetime(2024, 9, 1, tzinfo=UTC))))


def _parent(unit, place):
    above = place[0] and place[0].strip("()")
    return {"municipality": None, "district": CITY, "part_district": above, "sector": CITY}[unit[0]]


def views(here, units):
    """Every cell that a reader whose roles cover ``units`` may see, month by month."""
    shown = Shown(here, Scope(whole=False, units=frozenset(units)))
    months = [{} for _ in MONTHS]
    for geography, grouping in product((THEN, NOW), here.groupings):
        there = here.children(grouping, geography)
        beside = shown.beside(there, measure="concurrent", of=TA, geography=geography)
        for unit in there:
            alone = shown.series(unit, measure="concurrent", of=TA, geography=geography)
            assert alone == beside[unit.code]
            for month, point in zip(months, alone, strict=True):
                month[geography, grouping, unit.code] = point.cell
    return months


def derivable(living, counts, cells, own):
    """The hidden small counts of one month that the adversary can tell, but for her own people."""
    of = {view: [n for n, p in enumerate(living) if view[1:] in p.units(view[0])] for view in cells}
    known = [(of[v], c.value, c.value) for v, c in cells.items() if c.state is State.VALUE]
    known += [(of[v], 1, THRESHOLD - 1) for v, c in cells.items() if c.small]
    found = []
    for view, cell in cells.items():
        true = sum(counts[n] for n in of[view])
        strangers = any(counts[n] and not own & {*living[n].then, *living[n].now} for n in of[view])
        if cell.state is State.SUPPRESSED and 0 < true < THRESHOLD and strangers:
            others = (sum(p[n] for n in of[view]) != true for p in populations(len(living), known))
            if not any(others):
                found.append((*view, true))
    return found


def populations(size, known, first=()):
    """Every way to people the places so that each known sum is from its least to its most."""
    if len(first) == size:
        yield first
        return
    room = [most - sum(first[n] for n in where if n < len(first)) for where, _, most in known]
    here = [r for r, (where, _, _) in zip(room, known, strict=True) if len(first) in where]
    ends = [
        least - sum(first[n] for n in where[:-1])
        for where, least, _ in known
        if where and where[-1] == len(first)
    ]
    for count in range(max([0, *ends]), min([*here, MOST]) + 1):
        yield from populations(size, known, (*first, count))


def leaks(folder, living, counts, own):
    with closing(book(folder, living, counts).publication) as publication:
        months = views(Book(publication), own)
        return [
            (month, found)
            for month, n, cells in zip(MONTHS, counts, months, strict=True)
            if (found := derivable(living, n, cells, own))
        ]


PLAIN = """
D1/p1/A
D1/p2/A
D2/p3/B
D2/p4/B
D3/-/B
"""
#: A part-district goes from one district to another, and its sector stays.
MOVED = """
D1/p1/A
D1/p2/A > D2/p2/A
D2/p3/B
D3/p4/B
"""
MERGED = """
D1/-/A > D9/-/A
D2/-/A > D9/-/A
D3/-/B
D4/-/B
"""
SPLIT = """
D1/-/A > D8/-/A
D1/-/A > D9/-/A
D1/-/A > -/-/A
D3/-/B
D4/-/B
"""
ENDED = """
D1/-/A > -/-/-
D2/p2/B
D2/p3/B
D3/p4/A
"""
#: Some of D1 live in no part of it, and sectors cut through districts.
PARTLY = """
D1/-/A
D1/p1/B
D2/p2/A
D2/p3/B
D3/-/B
"""
#: D1 and its parts are no more; their people live in D2, and once some did not.
REPLACED = """
D1/p1/A > D2/-/A
D1/p2/A > D2/-/A
D3/p3/B
D3/-/B > D2/-/B
"""
#: The city was not divided as it is now.
DIVIDED = """
D9/-/A > D1/p1/A
D9/-/A > D1/p2/A
D9/-/B > D2/-/B
D9/-/B > D3/p3/B
"""
#: D1 is no more, and p1 still names it as the unit above.
ORPHANED = """
D1/p1/A > (D1)/p1/A
D1/p2/A > D2/p2/A
D2/p4/B
D3/p3/B
"""
CITIES = {
    "plain": PLAIN,
    "moved": MOVED,
    "merged": MERGED,
    "split": SPLIT,
    "ended": ENDED,
    "partly": PARTLY,
    "replaced": REPLACED,
    "orphaned": ORPHANED,
    "divided": DIVIDED,
}
READERS = {"of a district": {"D3"}, "of nothing": {"Z"}, "of a part": {"p3"}}
#: Small counts as often as not.
COUNT = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 8, 9, 20])


@pytest.mark.parametrize(
    ("city", "counts"),
    [
        ("replaced", [0, 3, 0, 20]),  # the city, hidden for what was D1, is the sum of districts
        ("moved", [20, 3, 20, 20]),  # p2 is what D1 lost: sector A less D1
        ("plain", [20, 20, 20, 20, 3]),  # D3 is hidden with D1, and p1 and p2 add up to D1
        ("plain", [0, 9, 0, 1, 2]),  # sector B is the city less D1
        ("merged", [2, 20, 3, 9]),  # D3 is hidden with another now than then
        ("ended", [3, 20, 20, 20]),  # D1 is the city less all the districts that are the same
        ("partly", [20, 3, 20, 20, 20]),  # p1 is sector B less D3 and p3
        ("replaced", [1, 2, 20, 0]),  # D1, which is no more, is 3 together
        ("replaced", [4, 4, 20, 0]),  # D1 is no more, and its parts can only be 4 and 4
        ("orphaned", [3, 0, 20, 20]),  # p1 is the city less its districts
        ("orphaned", [20, 0, 3, 20]),  # D2 is the city less D3 and p1, which is in no district
    ],
)
def test_a_small_count_that_another_view_would_tell(city, counts, tmp_path):
    living = places(CITIES[city])
    assert leaks(tmp_path, living, [counts] * len(MONTHS), {"Z"}) == []


def test_the_adversary_finds_what_can_be_found(tmp_path):
    """Were hiding no more than leaving small counts out, she would have them."""
    living, counts = places(PLAIN), [20, 20, 20, 20, 3]
    with closing(book(tmp_path, living, [counts] * len(MONTHS)).publication) as publication:
        everything = views(Book(publication), {CITY})[0]
    naive = {
        v: Cell(value=None, state=State.SUPPRESSED) if c.value < THRESHOLD else c
        for v, c in everything.items()
    }
    found = {(code, value) for _, _, code, value in derivable(living, counts, naive, {"Z"})}
    assert found == {("D3", 3)}


def test_large_counts_are_all_shown_as_they_are_now(tmp_path):
    living, counts = places(MOVED), [20, 30, 40, 50]
    with closing(book(tmp_path, living, [counts] * len(MONTHS)).publication) as publication:
        seen = views(Book(publication), {"Z"})[0]
    hidden = {v for v, cell in seen.items() if cell.state is State.SUPPRESSED}
    assert hidden == {(THEN, "district", "D1"), (THEN, "district", "D2")}  # not the same now


def hidden_now(folder, city, counts):
    """What a reader who follows up nothing is not shown of the levels as they are now."""
    living = places(city)
    with closing(book(folder, living, [counts] * len(MONTHS)).publication) as publication:
        seen = views(Book(publication), {"Z"})[0]
    hidden = [view for view, cell in seen.items() if cell.state is State.SUPPRESSED]
    return {code for geography, grouping, code in hidden if (geography, grouping) in LEVELS_NOW}


LEVELS_NOW = {(NOW, level) for level in ("municipality", "district", "part_district")}


def test_a_unit_is_shown_beside_its_one_small_part_where_many_are_in_no_part(tmp_path):
    city = """
    D1/-/A
    D1/p1/A
    D2/-/B
    D3/-/B
    """
    assert hidden_now(tmp_path, city, [397, 3, 300, 300]) == {"p1"}
    assert hidden_now(tmp_path, city, [0, 3, 300, 300]) == {"p1", "D1", "D2"}


def test_the_city_is_shown_where_another_district_can_be_hidden_instead(tmp_path):
    city = """
    D1/p1/A
    D1/p2/A
    D2/-/B
    D3/-/B
    """
    assert hidden_now(tmp_path, city, [4, 4, 100, 50]) == {"p1", "p2", "D1", "D3"}


def test_a_hidden_district_is_not_the_city_less_the_others(tmp_path):
    assert hidden_now(tmp_path, DIVIDED, [4, 4, 20, 30]) == {"p1", "p2", "D1", "D2"}


def test_the_city_is_shown_where_only_the_geography_of_then_would_tell(tmp_path):
    city = """
    D1/-/A > -/-/A
    D2/-/B
    D3/-/B
    """
    assert hidden_now(tmp_path, city, [3, 100, 50]) == {"D3"}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("city", CITIES)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_hidden_small_count_can_be_worked_out(city, reader, data):
    living = places(CITIES[city])
    month = st.lists(COUNT, min_size=len(living), max_size=len(living))
    counts = data.draw(st.lists(month, min_size=len(MONTHS), max_size=len(MONTHS)))
    with TemporaryDirectory() as folder:
        assert leaks(Path(folder), living, counts, READERS[reader]) == []
