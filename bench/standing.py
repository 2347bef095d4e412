"""Places by number, so that what is counted by number is summed into units and groups by one join.

As ``bench.places``, but by day instead of by month's end: for what counts where somebody lived, or
a thing belonged, on a day that need not be a month's last. Units are few: plain Python.
"""

from dataclasses import dataclass
from datetime import date

from bench.places import Row, Town, members
from vft.tables.period import OPEN_END

#: Before all that any register tells.
ALWAYS = date(1900, 1, 1)
#: The number of where nobody lives: it counts as a home that is not known.
NOWHERE = 0


@dataclass(frozen=True)
class Standing:
    """``eras``: (home, settled, starts_on, ends_on, place). ``in_place``: (place, geography, …).

    ``home`` is a unit, and ``settled`` the unit of today that somebody chose where the home was
    split, else empty; a home that is not known is empty. Every home has a place on every day.
    ``in_place`` says each (grouping, unit) that a place counts in, of ``then`` and of ``now``.
    ``parts``: (home, lived_in, settled), what says who settled where. ``members``: (slice_kind,
    slice, service) of every technology; ``members_or_none``: the same, and the slice of what
    belongs to no known service, whose service is empty.
    """

    eras: list[tuple[object, ...]]
    in_place: list[tuple[object, ...]]
    parts: list[tuple[object, ...]]
    members: list[tuple[object, ...]]
    members_or_none: list[tuple[object, ...]]


COLUMNS = {
    "eras": ("home", "settled", "starts_on", "ends_on", "place"),
    "in_place": ("place", "geography", "grouping", "unit"),
    "parts": ("home", "lived_in", "settled"),
    "members": ("slice_kind", "slice", "service"),
    "members_or_none": ("slice_kind", "slice", "service"),
}


def standing(rows: dict[str, list[Row]], *, today: date) -> Standing:
    """Make the tables from the rows of ``units``, ``groupings`` and so on."""
    town = Town(rows["units"], rows["groupings"], rows["unit_successions"])
    days = [ALWAYS, *town.changes()]
    eras, in_place = [], _counted_in(NOWHERE, town, ("", ""), days[-1], today)
    for home, settled in town.choices():
        for day, after in zip(days, [*days[1:], OPEN_END], strict=True):
            place = len(eras) + 1
            eras.append((home, settled, day, after, place))
            in_place += _counted_in(place, town, (home, settled), day, today)
    known = members(rows["reporting_groups"])
    return Standing(
        eras=eras,
        in_place=in_place,
        parts=list(town.parts()),
        members=known,
        members_or_none=[*known, ("total", "all", "")],
    )


def _counted_in(
    place: int, town: Town, lives: tuple[str, str], day: date, today: date
) -> list[tuple[object, ...]]:
    home, settled = lives
    then = town.places(town.on(home, settled, day), day)
    became = [settled] if settled else town.became(home)
    now = town.places(became[0] if len(became) == 1 else "", today)
    return [(place, "then", *each) for each in then] + [(place, "now", *each) for each in now]
