"""Fifteen districts of six part-districts, with a move, a merge and a split on the way."""

from datetime import date
from typing import Any

_LONG_AGO = date(2000, 1, 1)
_MUNICIPALITY = "9901"
_DISTRICTS = [f"{_MUNICIPALITY}{n:02d}" for n in range(1, 16)]
_MOVED, _MOVED_ON = "99010101", date(2022, 1, 1)
_MERGED, _MERGED_INTO, _MERGED_ON = ("99010302", "99010303"), "99010390", date(2022, 7, 1)
_SPLIT, _SPLIT_INTO, _SPLIT_ON = "99010401", ("99010491", "99010492"), date(2023, 1, 1)
_CHANGED_SECTOR_ON = date(2022, 4, 1)

#: (predecessor, successor, day, kind); a recipient of a split unit goes to one of several.
SUCCESSIONS = [
    *((old, _MERGED_INTO, _MERGED_ON, "merge") for old in _MERGED),
    *((_SPLIT, new, _SPLIT_ON, "split") for new in _SPLIT_INTO),
]
#: Where people live at first: all part-districts that existed from the start.
FIRST_LEAVES = [f"{district}{n:02d}" for district in _DISTRICTS for n in range(1, 7)]
DISTRICTS = _DISTRICTS


def rows() -> dict[str, list[dict[str, Any]]]:
    """Rows of the tables that describe the organisation, by table name."""
    return {
        "units": _units(),
        "groupings": _groupings(),
        "unit_successions": [
            {"predecessor": old, "successor": new, "changed_on": day, "kind": kind}
            for old, new, day, kind in SUCCESSIONS
        ],
        "reporting_groups": [
            {"group": group, "group_name": name, "service": service}
            for group, name, services in (
                ("ALARM", "Alarmer", ("TA", "GPS")),
                ("HJEMME", "Digitalt hjemme", ("DMS", "DT", "DHO")),
            )
            for service in services
        ],
    }


def leaves(day: date) -> list[str]:
    """The part-districts there were on a day."""
    return [
        unit["code"]
        for unit in _units()
        if unit["level"] == "part_district"
        and unit["starts_on"] <= day
        and (unit["ends_on"] is None or day < unit["ends_on"])
    ]


def _units() -> list[dict[str, Any]]:
    found = [_unit(_MUNICIPALITY, "municipality", None)]
    found += [_unit(code, "district", _MUNICIPALITY) for code in _DISTRICTS]
    ended = dict.fromkeys(_MERGED, _MERGED_ON) | {_SPLIT: _SPLIT_ON, _MOVED: _MOVED_ON}
    found += [
        _unit(code, "part_district", code[:6], until=ended.get(code)) for code in FIRST_LEAVES
    ]
    found.append(_unit(_MOVED, "part_district", _DISTRICTS[1], since=_MOVED_ON))
    found.append(_unit(_MERGED_INTO, "part_district", _MERGED_INTO[:6], since=_MERGED_ON))
    return found + [_unit(code, "part_district", code[:6], since=_SPLIT_ON) for code in _SPLIT_INTO]


def _unit(
    code: str,
    level: str,
    parent: str | None,
    *,
    since: date = _LONG_AGO,
    until: date | None = None,
) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"Enhet {code}",
        "level": level,
        "parent": parent,
        "starts_on": since,
        "ends_on": until,
    }


def _groupings() -> list[dict[str, Any]]:
    found = [
        _membership("sector", 1 + place % 4, unit) for place, unit in enumerate(_DISTRICTS[:-1])
    ]
    found += [
        _membership("sector", 4, _DISTRICTS[-1], until=_CHANGED_SECTOR_ON),
        _membership("sector", 1, _DISTRICTS[-1], since=_CHANGED_SECTOR_ON),
        _membership("sector", 3, "99010501"),  # goes before its district's
    ]
    return found + [
        _membership("cluster", 1 + place % 3, unit) for place, unit in enumerate(_DISTRICTS[:12])
    ]


def _membership(
    grouping: str, group: int, unit: str, *, since: date = _LONG_AGO, until: date | None = None
) -> dict[str, Any]:
    return {
        "grouping": grouping,
        "grouping_name": {"sector": "Sykehussektor", "cluster": "Klynge"}[grouping],
        "group": f"{grouping}{group}",
        "group_name": f"{grouping} {group}",
        "unit": unit,
        "starts_on": since,
        "ends_on": until,
    }
