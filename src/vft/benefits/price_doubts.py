"""What to beware of in the prices and costs of a case."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from vft.benefits import costs
from vft.benefits.case import Case, Line
from vft.benefits.result import PriceUsed, Warned
from vft.benefits.unit_price import TIMES, UnitPrice
from vft.benefits.valuation import Chosen, LinePrices, priced_on
from vft.tables.norwegian import listed


def price_doubts(case: Case, prices: Mapping[str, LinePrices]) -> Iterator[Warned]:
    """Everything about kroner that a reader must know."""
    for line in case.lines:
        found = prices[str(line.id)]
        yield from _mixed(line, found.activity)
        for chosen in (found.activity, found.km):
            yield from _not_usable(line, chosen)
            yield from _of_price(line, chosen, case)
        yield from _without_travel(line, found.activity)
    yield from _years_mixed(case, prices)
    yield from _costs(case)


def none_of_the_lake(
    prices: Mapping[str, LinePrices], *, own: Sequence[UnitPrice]
) -> Iterator[Warned]:
    """Who asked for the municipality's ``own`` prices must not think that she got them."""
    chosen = [one for found in prices.values() for one in (found.activity, found.km)]
    if not own or any(one.used and one.used.found_in == "lake" for one in chosen):
        return
    codes = sorted({str(price.price) for price in own})
    reasons = [
        _passed(one, one.told) for one in chosen if one.told is not None and one.told.price in codes
    ]
    yield Warned(
        code="no_price_from_lake",
        message="Ingen pris er hentet fra datalageret"
        + (
            f", enda linjene nevner koder det har. {' '.join(dict.fromkeys(reasons))}"
            if reasons
            else f": linjene nevner ingen av kodene det har. De er {listed(codes)}."
        ),
    )


def _passed(chosen: Chosen, told: UnitPrice) -> str:
    """Why a price that a line names is not the lake's, as a sentence."""
    if chosen.why_not:
        return f"{chosen.why_not[0].upper()}{chosen.why_not[1:].rstrip('.')}."
    if told.is_reference:
        return f"Sakens egen pris «{told.price}» (prices) går foran."
    return f"Prisen «{told.price}» er skrevet på linjen, og går foran."


def _mixed(line: Line, chosen: Chosen) -> Iterator[Warned]:
    if chosen.mixes_hours:
        yield Warned(
            code="mixed_hours",
            message=f"«{line.title or line.id}» får ingen kroner: {chosen.why_not}",
            lines=(str(line.id),),
        )


def _not_usable(line: Line, chosen: Chosen) -> Iterator[Warned]:
    """A price that is told and gives no kroner: undated, unsourced, of another unit, unknown."""
    if chosen.why_not and chosen.told is not None and not chosen.mixes_hours:
        yield Warned(
            code="price_not_usable",
            message=f"«{line.title or line.id}» får ingen kroner: {chosen.why_not.rstrip('.')}.",
            lines=(str(line.id),),
        )


def _of_price(line: Line, chosen: Chosen, case: Case) -> Iterator[Warned]:
    if chosen.stated is None or chosen.used is None:
        return
    yield from _out_of_date(line, chosen.stated, chosen.used, case)
    if chosen.stated.price_year is None:
        yield Warned(
            code="price_year_assumed",
            message=f"Prisen {_called(chosen.stated, line)} har ikke prisår; året den gjelder fra "
            f"({chosen.used.starts_on.year}), er brukt.",
            lines=(str(line.id),),
        )
    if chosen.stated.time_of_day not in {"any", line.when}:
        yield Warned(
            code="price_of_other_time",
            message=f"Prisen {_called(chosen.stated, line)} gjelder en annen tid på døgnet "
            f"({TIMES[chosen.stated.time_of_day]}) enn linjen ({TIMES[line.when]}).",
            lines=(str(line.id),),
        )
    if not chosen.stated.owner:
        yield Warned(
            code="price_without_owner",
            message=f"Prisen {_called(chosen.stated, line)} har ingen eier som svarer for den.",
            lines=(str(line.id),),
        )


def _called(price: UnitPrice, line: Line) -> str:
    """By its own name, else by the line that it is written on."""
    return price.called if price.is_named else f"på linjen «{line.title or line.id}»"


def _out_of_date(line: Line, price: UnitPrice, used: PriceUsed, case: Case) -> Iterator[Warned]:
    on = priced_on(case)
    if on is None and price.ends_on is not None:
        last = price.ends_on - timedelta(days=1)
        yield Warned(
            code="price_may_be_out_of_date",
            message=f"Prisen {_called(price, line)} gjelder til og med {last:%d.%m.%Y}, og saken "
            "sier ikke når den starter. Oppgi start, eller prisår (price_year).",
            lines=(str(line.id),),
        )
    not_held = price.not_held(on) if case.start is not None and on is not None else None
    if not_held is None:
        return
    is_converted = used.stated_price_year != used.price_year
    yield Warned(
        code="price_out_of_date",
        message=f"Prisen {_called(price, line)} gjaldt ikke {on:%d.%m.%Y}, da saken starter. "
        + ("Den er regnet om til sakens prisår." if is_converted else "Oppgi en nyere pris."),
        lines=(str(line.id),),
    )


def _without_travel(line: Line, chosen: Chosen) -> Iterator[Warned]:
    """Minutes without travel at the price of a paid hour: the least it can be."""
    stated = any(line.of(s, "travel_minutes") is not None for s in (line.before, line.after))
    is_paid = chosen.used is not None and chosen.used.hour_definition == "paid"
    if line.minutes_include_travel is False and is_paid and not stated:
        yield Warned(
            code="travel_not_documented",
            message=f"«{line.title or line.id}»: minuttene er uten reise, og reisen er ikke "
            "dokumentert. Timer og kroner er minst så mye.",
            lines=(str(line.id),),
        )


def _years_mixed(case: Case, prices: Mapping[str, LinePrices]) -> Iterator[Warned]:
    if case.price_year is not None:
        return
    chosen = (one for p in prices.values() for one in (p.activity, p.km))
    used: list[PriceUsed] = [one.used for one in chosen if one.used]
    told = [c.price_year for c in (*(case.running_costs or ()), *(case.start_up_costs or ()))]
    years = sorted({price.price_year for price in used} | {year for year in told if year})
    if len(years) > 1:
        yield Warned(
            code="mixed_price_years",
            message=f"Kronene er fra ulike år ({', '.join(str(year) for year in years)}). Oppgi "
            "prisår (price_year), så regnes de om til ett år.",
        )


def _costs(case: Case) -> Iterator[Warned]:
    every = (*(case.running_costs or ()), *(case.start_up_costs or ()))
    unsourced = [
        f"«{cost.title or 'uten navn'}»" for cost in every if cost.amount and not cost.origin
    ]
    if unsourced:
        yield Warned(
            code="cost_without_source",
            message=f"Kostnader uten kilde: {', '.join(unsourced)}. De er regnet med, for netto "
            "ville blitt for høy uten dem.",
        )
    undated = [f"«{cost.title or 'uten navn'}»" for cost in every if cost.price_year is None]
    if undated and case.price_year is not None:
        yield Warned(
            code="cost_price_year_assumed",
            message=f"Kostnader uten prisår: {', '.join(undated)}. De er regnet som "
            f"{case.price_year}-kroner. Oppgi prisår (price_year) for dem som er fra et annet år.",
        )
    for told in costs.undeflated(case):
        yield Warned(code="cost_not_deflated", message=f"Kostnaden {told}")
