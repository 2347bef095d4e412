"""How many live in a place, by the population table, whatever became of its units since the count.

A table tells of units as they stood when it was made; figures are of units as they stand in a
month, or today. Ground is followed in its smallest pieces, the units that have no parts: a place
has a number where it is made up of whole units of the table, and of nothing else.
"""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally
from vft.indicators.frame import Frame
from vft.indicators.geography import NOW, THEN, UNKNOWN, era_of
from vft.panel import calendar
from vft.panel.fact import Rows
from vft.panel.homes import LEVELS

if TYPE_CHECKING:
    import ibis.expr.types as ir

_FIRST_YEAR = 1900
_PLACE = ("grouping", "place")
#: A table's year, the era that its units are of, and the era that places are of.
_READ = ("year", "told", "era")


def years(frame: Frame) -> "ir.Table":
    """``(year, begins_on)``: every year until the last month's."""
    import pyarrow as pa

    every = range(_FIRST_YEAR, int(frame.months[-1][:4]) + 1)
    begins_on = pa.array([date(year, 1, 1) for year in every], pa.date32())
    return ibis.memtable(pa.table({"year": pa.array(every, pa.int64()), "begins_on": begins_on}))


def residents(frame: Frame, *, age: int) -> "ir.Table":
    """Residents of an age and over: ``(*tally.PLACE, month, residents)``, without unknown places.

    By the newest count that is not of a later year. Where a table has both a unit and its parts,
    the unit's own number goes first.
    """
    given = frame.settle(_given(frame.rows, age))
    told_in = frame.settle(_told_in(frame, given))
    dated = frame.settle(_dated(frame, told_in))
    read = frame.settle(dated.select(_READ).distinct())
    lies = frame.settle(_lies(frame, read))
    covers = frame.settle(_covers(frame, given, told_in))
    whole = lies.filter(lies.members == lies.inside)
    chosen = frame.settle(_chosen(covers, whole))
    made_up = _made_up(lies, chosen)
    givers = chosen.select(*_READ, *_PLACE, "giver").distinct()
    numbers = givers.join(given, [givers.year == given.year, givers.giver == given.unit])
    summed = numbers.group_by([*_READ, *_PLACE]).agg(residents=numbers.residents.sum())
    known = summed.semi_join(made_up, [*_READ, *_PLACE])
    return (
        dated.join(known, list(_READ))
        .select("geography", "grouping", "month", "residents", unit="place")
        .select(*tally.PLACE, "month", "residents")
    )


def _given(rows: Rows, age: int) -> "ir.Table":
    """``(unit, year, residents)`` as counted, by each table's own units."""
    counted = rows("population").filter(ibis._.variant == "counted")
    once = counted.group_by("unit", "year", "age", "sex").agg(persons=counted.persons.max())
    old = ibis.ifelse(once.age >= age, once.persons, 0)
    return once.group_by("unit", "year").agg(residents=old.sum().cast("int64"))


def _standing(frame: Frame) -> "ir.Table":
    """``(era, unit)``: the units there were."""
    known = frame.places.filter(frame.places["unit"] != UNKNOWN)
    return known.select("era", "unit").distinct()


def _told_in(frame: Frame, given: "ir.Table") -> "ir.Table":
    """``(year, told)``: the era that most of a table's units stood in, near New Year."""
    begun = years(frame)
    eras = frame.eras.join(
        begun,
        [
            frame.eras.era < begun.begins_on + ibis.interval(days=365),
            frame.eras.era_ends_on > begun.begins_on - ibis.interval(days=1),
        ],
    ).select("era", "year", "begins_on")
    there = given.join(eras, "year").join(_standing(frame), ["era", "unit"])
    found = there.group_by("year", "era", "begins_on").agg(units=there.count())
    later = (found.era > found.begins_on).cast("int64")
    apart = ibis.greatest(found.era, found.begins_on).delta(
        ibis.least(found.era, found.begins_on), unit="day"
    )
    best = ibis.window(group_by="year", order_by=[found.units.desc(), later, apart])
    ranked = found.mutate(place=ibis.row_number().over(best))
    return ranked.filter(ranked.place == 0).select("year", told="era")


def _dated(frame: Frame, told_in: "ir.Table") -> "ir.Table":
    """``(geography, month, *_READ)``: which table speaks of a month, and of which places."""
    ends = calendar.month_ends(frame.months)
    ends = ends.mutate(of_year=ends.last_day.year().cast("int64"))
    of_month = ends.join(told_in, ends.of_year >= told_in.year)
    newest = of_month.group_by("month", "last_day").agg(
        year=of_month.year.max(), told=of_month.told.argmax(of_month.year)
    )
    then = newest.join(
        frame.eras, [frame.eras.era <= newest.last_day, frame.eras.era_ends_on > newest.last_day]
    )
    now = newest.cross_join(era_of(frame.today, frame.eras).select("era"))
    columns = ["geography", "month", *_READ]
    return ibis.union(
        then.mutate(geography=ibis.literal(THEN)).select(columns),
        now.mutate(geography=ibis.literal(NOW)).select(columns),
    )


def _lineage(frame: Frame) -> "ir.Table":
    """``(told, atom, giver, level)``: units without parts, themselves and those above them."""
    levels = frame.places.filter(
        frame.places.grouping.isin(list(LEVELS)), frame.places["unit"] != UNKNOWN
    )
    rank = ibis.cases(*((levels.grouping == level, n) for n, level in enumerate(LEVELS)), else_=-1)
    line = levels.select(told="era", atom="unit", giver="place", level=rank)
    wholes = line.filter(line.atom != line.giver).select("told", above="giver").distinct()
    return line.anti_join(wholes, [line.told == wholes.told, line.atom == wholes.above])


def _lies(frame: Frame, read: "ir.Table") -> "ir.Table":
    """``(*_READ, atom, *_PLACE, members, inside)``.

    ``members``: how many units an atom has become in the era; ``inside``: how many of them are in
    the place. What nobody can say what became of is one, which only the whole has.
    """
    atoms = read.join(_lineage(frame).select("told", "atom").distinct(), "told")
    members = frame.settle(_members(frame, atoms.select(*_READ, "atom")))
    number = members.group_by([*_READ, "atom"]).agg(members=members.count())
    places = frame.places.select("era", "grouping", "place", member="unit")
    inside = members.join(places, ["era", "member"])
    inside = inside.group_by([*_READ, "atom", *_PLACE]).agg(inside=inside.count())
    return inside.join(number, [*_READ, "atom"]).select(
        *_READ, "atom", *_PLACE, "members", "inside"
    )


def _members(frame: Frame, atoms: "ir.Table") -> "ir.Table":
    """``(*_READ, atom, member)``: the units of an era that an atom is, or has become."""
    standing = _standing(frame).select(stood="era", member="unit")
    became = _became(frame)
    still = atoms.mutate(member=atoms.atom)
    since = atoms.join(
        became,
        [
            atoms.atom == became.predecessor,
            became.changed_on > atoms.told,
            became.reached_on <= atoms.era,
        ],
    )
    both = ibis.union(
        still.select(*_READ, "atom", "member"),
        since.select(*_READ, "atom", member="successor"),
        distinct=True,
    )
    there = frame.settle(
        both.semi_join(standing, [both.era == standing.stood, both.member == standing.member])
    )
    lost = atoms.anti_join(there, [*_READ, "atom"]).mutate(member=ibis.literal(UNKNOWN))
    return ibis.union(there, lost.select(*_READ, "atom", "member"))


def _became(frame: Frame) -> "ir.Table":
    """``(predecessor, successor, changed_on, reached_on)``: successors, theirs, and so on.

    ``changed_on``: the first change on the way, ``reached_on``: the last.
    """
    changes = frame.rows("unit_successions").select("predecessor", "successor", "changed_on")
    found = changes.distinct().mutate(reached_on=ibis._.changed_on)
    later = frame.settle(found.filter(ibis.literal(False)))
    for day in reversed(frame.changed_on):
        here = found.filter(found.changed_on == ibis.literal(day))
        beyond = later.select(through="predecessor", further="successor", at_last="reached_on")
        on = here.join(beyond, here.successor == beyond.through).select(
            "predecessor", "changed_on", successor="further", reached_on="at_last"
        )
        later = frame.settle(ibis.union(later, here, on.select(*here.columns), distinct=True))
    return later


def _covers(frame: Frame, given: "ir.Table", told_in: "ir.Table") -> "ir.Table":
    """``(year, giver, level, atom, atoms)``: the atoms of the table's units, and how many each."""
    giving = given.join(told_in, "year").select("year", "told", giver="unit")
    covers = giving.join(_lineage(frame), ["told", "giver"]).select(
        "year", "giver", "level", "atom"
    )
    size = covers.group_by("year", "giver").agg(atoms=covers.count())
    return covers.join(size, ["year", "giver"]).select(*covers.columns, "atoms")


def _chosen(covers: "ir.Table", whole: "ir.Table") -> "ir.Table":
    """The largest unit that fits, for each atom of a place: ``(*_READ, *_PLACE, atom, giver)``."""
    within = whole.select(*_READ, *_PLACE, "atom").join(covers, ["year", "atom"])
    by = [*_READ, *_PLACE]
    fits = within.group_by([*by, "giver", "atoms"]).agg(found=within.count())
    fits = fits.filter(fits.found == fits.atoms).select(*by, "giver")
    fitting = within.semi_join(fits, [*by, "giver"])
    largest = ibis.window(group_by=[*by, "atom"], order_by="level")
    ranked = fitting.mutate(rank=ibis.row_number().over(largest))
    return ranked.filter(ranked["rank"] == 0).select(*by, "atom", "giver")


def _made_up(lies: "ir.Table", chosen: "ir.Table") -> "ir.Table":
    """The places whose every atom has a unit of the table that fits."""
    by = [*_READ, *_PLACE]
    touching = lies.group_by(by).agg(atoms=lies.count())
    fitted = chosen.group_by(by).agg(fitted=chosen.count())
    both = touching.join(fitted, by)
    return both.filter(both.atoms == both.fitted).select(by)
