"""Random small lakes: units that change, people who move, vedtak and devices that come and go."""

from datetime import date, timedelta

import pyarrow as pa
import visible
from hypothesis import strategies as st

from vft import tables

MONTHS = ["2024-01", "2024-02", "2024-03"]
TODAY = date(2024, 3, 31)
#: Changes come at the turn of a month, as they should, and in the middle of one.
CHANGES = [date(2024, 1, 1), date(2024, 2, 1), date(2024, 2, 14), date(2024, 3, 1)]
LEVEL = {"M": "municipality", "A": "district", "B": "district"} | dict.fromkeys(
    ("A1", "A2", "B1", "B2"), "part_district"
)
PARENTS = {"municipality": [None], "district": ["M", "M", None], "part_district": ["A", "B"]}
PEOPLE = st.integers(1, 6)
PARTS = st.sampled_from(["A1", "A2", "B1", "B2", "A", "B"])

days = st.integers(-40, 100).map(lambda n: date(2024, 1, 1) + timedelta(days=n))
ends = st.one_of(st.none(), days)
change_days = st.sampled_from(CHANGES)


@st.composite
def units(draw):
    """Every unit from the start, perhaps moved or ended; the city always there."""
    rows = [{"code": "M", "level": "municipality", "starts_on": date(2020, 1, 1)}]
    for code in sorted(set(LEVEL) - {"M"}):
        level, first = LEVEL[code], draw(st.sampled_from([date(2020, 1, 1), *CHANGES]))
        second = draw(
            st.one_of(
                st.none(),
                change_days.filter(lambda d, first=first: d > first)
                if first < CHANGES[-1]
                else st.none(),
            )
        )
        parents = st.sampled_from(PARENTS[level])
        row = {"code": code, "level": level, "parent": draw(parents), "starts_on": first}
        rows.append(row | {"ends_on": second})
        if second is not None and draw(st.booleans()):
            rows.append(row | {"parent": draw(parents), "starts_on": second})
    return [{"name": r["code"]} | r for r in rows]


def unique_by(*names):
    return lambda row: tuple(row[name] for name in names)


def some(key, least=0, most=6, **columns):
    rows = st.fixed_dictionaries(columns)
    return st.lists(rows, min_size=least, max_size=most, unique_by=unique_by(*key))


technology = st.sampled_from(["TA", "TA", "GPS"])
service = st.sampled_from(["TA", "TA", "TA", "GPS", "GPS", "HN", "HN", "PH", "LS"])
reasons = st.sampled_from([None, "own_wish", "not_needed", "institution"])
worlds = st.fixed_dictionaries(
    {
        "units": units(),
        "unit_successions": some(
            ("predecessor", "successor", "changed_on"),
            predecessor=PARTS,
            successor=PARTS,
            changed_on=change_days,
            kind=st.just("merge"),
        ),
        "groupings": some(
            ("grouping", "unit", "starts_on"),
            grouping=st.sampled_from(["sector", "cluster"]),
            group=st.sampled_from(["G", "H"]),
            unit=st.sampled_from(["A", "B", "A1"]),
            starts_on=change_days,
            ends_on=st.one_of(st.none(), change_days),
        ),
        "residences": some(
            ("recipient_id", "starts_on"),
            least=4,
            most=14,
            recipient_id=PEOPLE,
            unit=PARTS,
            starts_on=days,
            ends_on=ends,
        ),
        "recipients": some(
            ("recipient_id",),
            recipient_id=PEOPLE,
            died_on=ends,
            moved_out_on=st.one_of(st.none(), st.none(), days),
            birth_year=st.sampled_from([1930, 1943, 1944, 1950]),
        ),
        "vedtak": some(
            ("vedtak_id",),
            least=8,
            most=18,
            vedtak_id=st.sampled_from("GHIJKLMNOPQRSTUVWXYZ"),
            recipient_id=PEOPLE,
            service=service,
            status=st.sampled_from(["granted"] * 5 + ["refused"]),
            end_reason=reasons,
            starts_on=days,
            ends_on=ends,
        ),
        "vedtak_pauses": some(
            ("vedtak_id", "starts_on"),
            vedtak_id=st.sampled_from("UVW"),
            starts_on=days,
            ends_on=ends,
            most=3,
        ),
        "devices": some(
            ("device_id",),
            least=3,
            device_id=st.sampled_from("DEF"),
            service=technology,
            product=st.sampled_from(["One", "Two"]),
            supplier=st.just("S"),
            retired_on=ends,
        ),
        "device_assignments": some(
            ("device_id", "recipient_id", "starts_on"),
            least=6,
            most=14,
            device_id=st.sampled_from("DEF"),
            recipient_id=PEOPLE,
            starts_on=days,
            ends_on=ends,
        ),
        "device_downtimes": some(
            ("device_id", "starts_on"),
            device_id=st.sampled_from("DEF"),
            starts_on=days,
            ends_on=ends,
            most=3,
        ),
        "stays": some(
            ("stay_id",),
            stay_id=st.sampled_from("STUVW"),
            recipient_id=PEOPLE,
            kind=st.sampled_from(["long", "long", "short"]),
            starts_on=days,
            ends_on=ends,
            most=3,
        ),
        "assessments": some(
            ("recipient_id", "assessed_on"),
            recipient_id=PEOPLE,
            assessed_on=days,
            need_group=st.sampled_from(["low", "medium", "high", None]),
            most=8,
        ),
        "reporting_groups": st.just([{"group": "alarms", "service": s} for s in ("TA", "GPS")]),
    }
)


def as_lake(world):
    return visible.world() | {
        name: pa.Table.from_pylist(rows, schema=tables.ALL[name].lake_schema())
        for name, rows in world.items()
    }
