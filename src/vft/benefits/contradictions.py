"""Input that contradicts itself, or that can hardly be so."""

from collections.abc import Iterable, Iterator, Mapping

from vft.benefits.activity import Measured, measure, minutes_each
from vft.benefits.case import INSTITUTION, TIMED, Activity, Case, Line
from vft.benefits.documented import Number, ratio
from vft.benefits.result import Warned
from vft.benefits.unit_price import TIMES
from vft.tables.norwegian import decimal, plain
from vft.tables.period import DAY_PARTS

_HOURS_IN_DAY = 24
#: By the day's parts of :mod:`vft.tables.period`; a weekend is two days of seven.
_HOURS_IN_PART = {
    "day": (DAY_PARTS["evening"] - DAY_PARTS["day"]) / 60,
    "evening": (DAY_PARTS["night"] - DAY_PARTS["evening"]) / 60,
    "night": _HOURS_IN_DAY - (DAY_PARTS["night"] - DAY_PARTS["day"]) / 60,
    "weekend": _HOURS_IN_DAY * 2 / 7,
}
#: A full day told in minutes of many visits is no more than a day.
_ROUNDING = 1e-6
_PERIODS = {
    "day": "døgn",
    "night": "natt",
    "week": "uke",
    "14_days": "14 dager",
    "30_days": "30 dager",
    "month": "måned",
    "year": "år",
}


def contradictions(case: Case, measured: Mapping[str, Measured]) -> Iterator[Warned]:
    """Everything in the case's activity that a reader must look at again."""
    for line in case.lines:
        year = measured[str(line.id)]
        yield from _two_readings(line, year, case)
        yield from _other_period(line, year, case)
        yield from _more_minutes(line)
        yield from _more_after(line, year)
        yield from _weekend_by_the_day(line)
    yield from _more_than_a_day(case, measured)
    yield from _more_than_a_year(case, measured)
    yield from _additive_replaces(case, measured)


def other_reading(line: Line, case: Case) -> Line | None:
    """The line as its source also tells it, or as it may be meant; None where that is no other.

    Periods that differ, where the same on both sides would be a fall too, may be meant as one.
    """
    if line.also_stated is not None:
        sides = {"before": line.also_stated.before, "after": line.also_stated.after}
        other = line.model_copy(update=sides)
        return None if measure(other, case) == measure(line, case) else other
    same = _in_same_period(line)
    return None if same is None else line.model_copy(update={"after": same})


def _in_same_period(line: Line) -> Activity | None:
    before, after = line.before, line.after
    if before is None or after is None or before.count is None or after.count is None:
        return None
    periods = (line.of(before, "per"), line.of(after, "per"))
    is_same = periods[0] == periods[1] or set(periods) == {"day", "night"}
    if line.kind == "institution_places" or is_same or not 0 < after.count < before.count:
        return None
    return after.model_copy(update={"per": periods[0]})


def _two_readings(line: Line, year: Measured, case: Case) -> Iterator[Warned]:
    """The source says two things, such as «four to two» and 4 a day to 2 a week."""
    also, other = line.also_stated, other_reading(line, case)
    if also is None or other is None:
        return
    quote = (
        f"«{also.quote}»"
        if also.quote
        else f"{_told(line, also.before)} til {_told(line, also.after)}"
    )
    yield Warned(
        code="contradictory_source",
        message=f"{_name(line)}: kilden sier både {_told(line, line.before)} til "
        f"{_told(line, line.after)} og {quote}. Saken er regnet etter det første; begge tall "
        "vises, og kilden må avklares.",
        lines=(str(line.id),),
        figures=_both(year, measure(other, case)),
    )


def _other_period(line: Line, year: Measured, case: Case) -> Iterator[Warned]:
    """Periods differ, and the same period on both sides would be a fall too: which was meant?"""
    other = other_reading(line, case)
    if line.also_stated or other is None:
        return
    yield Warned(
        code="different_periods",
        message=f"{_name(line)}: før er {_told(line, line.before)}, etter er "
        f"{_told(line, line.after)}. Er det ikke heller {_told(line, other.after)}? Begge tall "
        "vises.",
        lines=(str(line.id),),
        figures=_both(year, measure(other, case)),
    )


def _both(year: Measured, other: Measured) -> dict[str, Number]:
    return {
        "avoided_count": year.avoided.count,
        "avoided_hours": year.avoided.hours,
        "other_reading_count": other.avoided.count,
        "other_reading_hours": other.avoided.hours,
    }


def _more_minutes(line: Line) -> Iterator[Warned]:
    before, after = minutes_each(line, line.before), minutes_each(line, line.after)
    if before is None or after is None or after <= before:
        return
    yield Warned(
        code="more_minutes_after",
        message=f"{_name(line)}: hver gang tar lengre tid etter ({plain(after)} minutter) enn "
        f"før ({plain(before)} minutter). Kontroller tallene.",
        lines=(str(line.id),),
        figures={"minutes_before": before, "minutes_after": after},
    )


def _more_after(line: Line, year: Measured) -> Iterator[Warned]:
    before, after = year.before.count, year.after.count
    if before is None or after is None or not 0 < before < after:
        return
    yield Warned(
        code="more_after",
        message=f"{_name(line)}: det er flere etter enn før. Linjen trekker gevinsten ned; "
        "kontroller at før og etter ikke er byttet om.",
        lines=(str(line.id),),
        figures={"count_before": before, "count_after": after},
    )


def _weekend_by_the_day(line: Line) -> Iterator[Warned]:
    sides = (line.before, line.after)
    if line.when != "weekend" or not any(line.of(s, "per") in {"day", "night"} for s in sides):
        return
    yield Warned(
        code="weekend_by_the_day",
        message=f"{_name(line)}: helg, men antallet er per døgn og regnes for alle døgn i året. "
        "Oppgi antallet per uke.",
        lines=(str(line.id),),
    )


def _more_than_a_day(case: Case, measured: Mapping[str, Measured]) -> Iterator[Warned]:
    """Hours with one recipient, all lines together, that the day or its part has no room for."""
    each = [line for line in case.lines if line.applies_to == "each_recipient"]
    lines = [line for line in each if line.kind in {*TIMED, "hours"}]
    yield from _over(_HOURS_IN_DAY, lines, case, measured, code="over_24_hours")
    for part, hours in _HOURS_IN_PART.items():
        at_it = [line for line in lines if line.when == part]
        yield from _over(hours, at_it, case, measured, code="over_part_of_day")


def _over(
    most: float, lines: list[Line], case: Case, measured: Mapping[str, Measured], *, code: str
) -> Iterator[Warned]:
    for side, told in (("before", "før"), ("after", "etter")):
        hours = _sum_known(getattr(measured[str(line.id)], side).hours for line in lines)
        per_day = ratio(ratio(hours, case.recipients), float(case.days_per_year))
        if per_day is not None and per_day > most + _ROUNDING:
            when = "i døgnet" if most == _HOURS_IN_DAY else f"per døgn ({TIMES[lines[0].when]})"
            yield Warned(
                code=code,
                message=f"Hjelpen {told} er {decimal(per_day)} timer {when} for hver mottaker: "
                f"det er flere enn {plain(most)}. Kontroller antall og minutter.",
                lines=tuple(sorted(str(line.id) for line in lines)),
                figures={"hours_per_day": per_day},
            )


def _more_than_a_year(case: Case, measured: Mapping[str, Measured]) -> Iterator[Warned]:
    lines = [line for line in case.lines if line.kind in INSTITUTION]
    for side, told in (("before", "før"), ("after", "etter")):
        days = _sum_known(getattr(measured[str(line.id)], side).institution_days for line in lines)
        each = ratio(days, case.recipients)
        if each is not None and each > case.days_per_year + _ROUNDING:
            yield Warned(
                code="more_than_a_year",
                message=f"Døgn i institusjon {told} er flere enn årets dager for hver mottaker. "
                "Kontroller antall døgn, plasser og mottakere.",
                lines=tuple(sorted(str(line.id) for line in lines)),
                figures={"days_per_recipient": each},
            )


def _additive_replaces(case: Case, measured: Mapping[str, Measured]) -> Iterator[Warned]:
    replacing = [
        n for n, year in measured.items() if case.additive and (year.avoided.count or 0) > 0
    ]
    if replacing:
        yield Warned(
            code="additive_replaces",
            message="Saken sier at tjenesten kommer i tillegg og ikke erstatter noe, men linjer er "
            "færre etter enn før.",
            lines=tuple(sorted(replacing)),
        )


def _sum_known(values: Iterable[Number]) -> float:
    return sum(value for value in values if value is not None)


def _told(line: Line, side: Activity | None) -> str:
    """4 per døgn."""
    if side is None or side.count is None:
        return "ikke dokumentert"
    per = line.of(side, "per")
    count = plain(side.count)
    return f"{count} per {_PERIODS[per]}" if per else count


def _name(line: Line) -> str:
    return f"«{line.title or line.id}»"
