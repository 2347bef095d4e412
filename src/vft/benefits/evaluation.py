"""What a case comes to: every line, all together, money over years, and what to beware of."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from vft.benefits import costs, doubts
from vft.benefits.activity import Amount, Measured, measure
from vft.benefits.case import Case, Line, Perspective
from vft.benefits.contradictions import other_reading
from vft.benefits.counterfactual import exclusive, overlap
from vft.benefits.documented import added, less, ratio
from vft.benefits.economy import economy
from vft.benefits.full_time import full_time_equivalents
from vft.benefits.ladder import ladder
from vft.benefits.price_doubts import none_of_the_lake
from vft.benefits.result import (
    CaseResult,
    Economy,
    Exclusive,
    LineQuantities,
    LineResult,
    Totals,
)
from vft.benefits.totals import totals
from vft.benefits.undocumented import undocumented
from vft.benefits.unit_price import UnitPrice, require_one_hour_definition
from vft.benefits.valuation import (
    Chosen,
    LinePrices,
    choose,
    choose_km,
    has_km,
    kroner,
    kroner_of_km,
)
from vft.errors import VftError


def evaluate(case: Case, *, own: Sequence[UnitPrice] = ()) -> CaseResult:
    """All figures of a case; null where something they need is not documented.

    ``own``: the municipality's prices, which go before those that come with the package.
    """
    measured = {str(line.id): measure(line, case) for line in case.lines}
    prices = priced(case, own=own)
    lines = _lines(case, measured, prices)
    total, others = _by_perspective(lines, case)
    money = _economy(total, case)
    apart = _exclusive(case, measured, prices, stated=total)
    return CaseResult(
        title=case.title,
        recipients=case.recipients,
        days_per_year=case.days_per_year,
        hours_per_fte=case.hours_per_fte,
        start=case.start,
        price_year=case.price_year,
        need_growth=case.need_growth,
        perspective=case.perspective,
        lines=lines,
        total=total,
        other_perspectives=others,
        economy=money,
        exclusive=apart,
        ladder=ladder(case.ladder, hours=total.avoided.hours, economy=money),
        non_priced_effects=case.non_priced_effects,
        warnings=(
            *doubts.all_of(case, measured=measured, prices=prices, total=total, exclusive=apart),
            *none_of_the_lake(prices, own=own),
        ),
    )


def priced(case: Case, *, own: Sequence[UnitPrice] = ()) -> dict[str, LinePrices]:
    """The prices of each line; none per hour where a sum would mix paid and direct hours."""
    chosen = {str(line.id): choose(line, case, own=own) for line in case.lines}
    seen_by = {str(line.id): line.perspective or case.perspective for line in case.lines}
    for perspective in set(seen_by.values()):
        names = [name for name, seen in seen_by.items() if seen == perspective]
        hourly = {n: c for n in names if (c := chosen[n]).used and c.used.per == "hour"}
        chosen.update(_unmixed(hourly))
    km = {str(line.id): choose_km(line, case, own=own) for line in case.lines}
    return {name: LinePrices(activity=chosen[name], km=km[name]) for name in chosen}


def _unmixed(hourly: Mapping[str, Chosen]) -> dict[str, Chosen]:
    """Prices per hour, or why none of them may be used."""
    try:
        require_one_hour_definition(
            price if price.is_named else price.model_copy(update={"title": f"prisen på {name}"})
            for name, chosen in hourly.items()
            if (price := chosen.stated)
        )
    except VftError as mixed:
        return {
            name: replace(chosen, used=None, why_not=str(mixed), mixes_hours=True)
            for name, chosen in hourly.items()
        }
    return dict(hourly)


def _lines(
    case: Case, measured: Mapping[str, Measured], prices: Mapping[str, LinePrices]
) -> tuple[LineResult, ...]:
    return tuple(
        _line(line, measured[str(line.id)], case, found=prices[str(line.id)]) for line in case.lines
    )


def _line(line: Line, year: Measured, case: Case, *, found: LinePrices) -> LineResult:
    price, km = found.activity, found.km

    def told(amount: Amount, read: Line = line) -> LineQuantities:
        worth = kroner(read, amount, case, price=price)
        driven = kroner_of_km(read, amount, km=km)
        both = added((worth, driven)) if has_km(read) else worth
        return LineQuantities(**asdict(amount), nok=both, activity_nok=worth, km_nok=driven)

    other = other_reading(line, case)
    return LineResult(
        id=str(line.id),
        title=line.title,
        kind=line.kind,
        perspective=line.perspective or case.perspective,
        time_of_day=line.when,
        before=told(year.before),
        after=told(year.after),
        avoided=told(year.avoided),
        other_reading=None if other is None else told(measure(other, case).avoided, other),
        fte=full_time_equivalents(year.avoided.hours, hours_per_fte=case.hours_per_fte),
        reduction=ratio(less(year.before.count, year.after.count), year.before.count),
        price=price.used,
        km_price=km.used,
        undocumented=undocumented(line, year, case, price=price, km=km),
    )


def _by_perspective(
    lines: tuple[LineResult, ...], case: Case
) -> tuple[Totals, dict[Perspective, Totals]]:
    """The case's own perspective, and each other that some line is of."""
    others = sorted({line.perspective for line in lines} - {case.perspective})
    own = tuple(line for line in lines if line.perspective == case.perspective)
    return totals(own, case), {
        other: totals(tuple(line for line in lines if line.perspective == other), case)
        for other in others
    }


def _economy(total: Totals, case: Case) -> Economy:
    return economy(
        gross=total.avoided.nok,
        running=costs.running(case, perspective=case.perspective),
        start_up=costs.start_up(case, perspective=case.perspective),
        case=case,
    )


def _exclusive(
    case: Case,
    measured: Mapping[str, Measured],
    prices: Mapping[str, LinePrices],
    *,
    stated: Totals,
) -> Exclusive | None:
    """The case without double counting; None where nothing is counted twice."""
    found = overlap(case, measured)
    if found is None:
        return None
    lines = _lines(case, exclusive(found, measured), prices)
    total, _ = _by_perspective(lines, case)
    return Exclusive(
        avoided=total.avoided,
        fte=total.fte,
        economy=_economy(total, case),
        less_than_stated_nok=less(stated.avoided.nok, total.avoided.nok),
    )
