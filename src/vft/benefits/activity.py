"""How much a line is in a year, before and after: counts, hours, kilometres, institution days."""

from dataclasses import dataclass, replace

from vft.benefits.case import TIMED, Activity, Case, Line
from vft.benefits.documented import Number, added_known, less, times
from vft.benefits.frequency import times_a_year

_MINUTES_IN_HOUR = 60


@dataclass(frozen=True, kw_only=True)
class Amount:
    """So much a year. ``count`` is in the line's own unit."""

    count: Number
    visits: Number
    alarms: Number
    hours: Number
    km: Number
    institution_days: Number

    def minus(self, other: "Amount") -> "Amount":
        """The difference, part by part."""
        return Amount(
            count=less(self.count, other.count),
            visits=less(self.visits, other.visits),
            alarms=less(self.alarms, other.alarms),
            hours=less(self.hours, other.hours),
            km=less(self.km, other.km),
            institution_days=less(self.institution_days, other.institution_days),
        )

    def scaled(self, share: Number) -> "Amount":
        """A share of it, part by part."""
        return Amount(
            count=times(self.count, share),
            visits=times(self.visits, share),
            alarms=times(self.alarms, share),
            hours=times(self.hours, share),
            km=times(self.km, share),
            institution_days=times(self.institution_days, share),
        )


NOTHING = Amount(count=0.0, visits=0.0, alarms=0.0, hours=0.0, km=0.0, institution_days=0.0)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A line's year before and after, and what is avoided."""

    before: Amount
    after: Amount
    avoided: Amount


def measure(line: Line, case: Case) -> Measured:
    """A line's year, for all recipients together."""
    before, after = (_amount(line, side, case) for side in (line.before, line.after))
    avoided = before.minus(after)
    if before.count is not None and line.before == line.after:
        # the same as before is nothing avoided, also where its minutes are not documented
        avoided = NOTHING
    return Measured(before=before, after=after, avoided=avoided)


def minutes_each(line: Line, side: Activity | None) -> Number:
    """Minutes of one time, with the travel that is stated."""
    own = line.of(side, "minutes")
    travel = line.of(side, "travel_minutes")
    return None if own is None else added_known((own, travel))


def counted_for(applies_to: str, recipients: Number) -> Number:
    """How many times over something counts: once for a group, else once for each recipient."""
    return 1.0 if applies_to == "group" else recipients


def _amount(line: Line, side: Activity | None, case: Case) -> Amount:
    count = times(_count(line, side, case), counted_for(line.applies_to, case.recipients))
    amount = replace(NOTHING, count=count)
    if line.kind in TIMED:
        unit = "alarms" if line.kind == "alarms" else "visits"
        minutes = times(count, minutes_each(line, side))
        hours = None if minutes is None else minutes / _MINUTES_IN_HOUR
        return replace(amount, hours=hours, km=times(count, line.of(side, "km")), **{unit: count})
    if line.kind == "hours":
        return replace(amount, hours=count)
    if line.kind == "institution_days":
        return replace(amount, institution_days=count)
    if line.kind == "institution_places":
        return replace(amount, institution_days=times(count, case.days_per_year))
    return amount


def _count(line: Line, side: Activity | None, case: Case) -> Number:
    """How many in a year, for one recipient or for the group."""
    if side is None or side.count is None:
        return None
    if line.kind == "institution_places":
        return side.count
    if not side.count:
        return 0.0
    per = line.of(side, "per")
    return side.count * times_a_year(per, days_per_year=case.days_per_year)
