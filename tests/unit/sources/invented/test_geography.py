"""The planted reorganisations stand in the files and in where people live."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from vft.sources.invented import havnes, oslo
from vft.sources.invented.geography import Geography
from vft.sources.invented.havnes import MERGED, MOVED, OPENED, SPLIT


@pytest.fixture(params=[havnes, oslo])
def place(request) -> Geography:
    return request.param.place()


def test_every_unit_has_a_parent_as_long_as_it_lasts(place):
    spans = {(u.code, u.starts_on, u.ends_on or date.max) for u in place.units}
    for unit in place.units:
        if unit.parent is not None:
            end = unit.ends_on or date.max
            covering = [
                s for s in spans if s[0] == unit.parent and s[1] <= unit.starts_on and end <= s[2]
            ]
            assert len(covering) == 1, unit


def test_every_plot_is_in_a_unit_that_exists_then(place):
    codes = {u.code for u in place.units}

    assert {p.unit for p in place.plots} | {p.becomes for p in place.plots if p.becomes} <= codes


def test_oslo_keeps_its_fifteen_districts_and_gains_and_loses_part_districts():
    place = oslo.place()
    changes = Counter((s.kind, s.changed_on) for s in place.successions)

    assert sum(u.level == "district" for u in place.units) == 15
    assert all(len(u.code) == 8 for u in place.units if u.level == "part_district")
    assert changes == {
        ("merge", date(2023, 1, 1)): 2,
        ("split", date(2023, 7, 1)): 2,
    }


def test_the_moved_part_district_keeps_its_sector():
    for place, part, before, after, sector in (
        (havnes.place(), "99010403", "990104", "990105", "Nordsykehuset"),
        (oslo.place(), "03011204", "030112", "030109", "Ahus"),
    ):
        parents = [u.parent for u in place.units if u.code == part]
        own = [m for m in place.memberships if m.unit == part]
        of = {m.unit: m.group for m in place.memberships if m.grouping[0] == "hospital_sector"}

        assert parents == [before, after]
        assert [m.group for m in own] == [sector] == [of[before]]
        assert of[after] != sector


def test_residences_follow_the_reorganisations(tables):
    # without the faulty copies: the repeated, and those that end before they start
    rows = list(
        {
            (r["recipient_id"], r["starts_on"]): r
            for r in tables["residences"]
            if (r["ends_on"] or date.max) >= r["starts_on"]
        }.values()
    )
    lived = Counter((r["unit"], r["ends_on"]) for r in rows)

    # nobody lives on in the district that was split, and many moved that day by moving nowhere
    assert {
        end for unit, end in lived if unit == "990103" and (end is None or end > SPLIT)
    } == set()
    assert lived["990103", SPLIT] > 5
    split = {r["recipient_id"] for r in rows if (r["unit"], r["ends_on"]) == ("990103", SPLIT)}
    begun = Counter(
        r["unit"] for r in rows if r["starts_on"] == SPLIT and r["recipient_id"] in split
    )
    assert set(begun) == {"990108", "990109"}
    assert begun["990108"] + begun["990109"] == lived["990103", SPLIT]

    # part-districts whose parent changed keep their code, so nobody's row changes
    assert not [r for r in rows if r["starts_on"] in (MERGED, MOVED) and r["unit"] == "99010403"]
    assert min(r["starts_on"] for r in rows if r["unit"] == "99010503") >= OPENED


def test_a_person_lives_in_one_unit_at_a_time(tables):
    by_person: dict[str, list] = {}
    for row in tables["residences"]:
        if row["unit"] != "999999" and (row["ends_on"] or date.max) > row["starts_on"]:
            by_person.setdefault(row["recipient_id"], []).append(row)
    for rows in by_person.values():
        spans = sorted({(r["starts_on"], r["ends_on"] or date.max) for r in rows})
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
