"""Everything a reader must know before she uses a case's figures, in bokmål."""

from collections.abc import Iterator, Mapping

from vft.benefits.activity import Measured
from vft.benefits.case import Case
from vft.benefits.contradictions import contradictions
from vft.benefits.counterfactual import overlap
from vft.benefits.full_time import definitions
from vft.benefits.line_titles import told_apart
from vft.benefits.price_doubts import price_doubts
from vft.benefits.result import Exclusive, Totals, Warned
from vft.benefits.valuation import LinePrices
from vft.tables.norwegian import listed, plain


def all_of(
    case: Case,
    *,
    measured: Mapping[str, Measured],
    prices: Mapping[str, LinePrices],
    total: Totals,
    exclusive: Exclusive | None,
) -> tuple[Warned, ...]:
    """The warnings of a case: double counting first, then prices, then the input itself."""
    named = case.model_copy(update={"lines": told_apart(case.lines)})
    return (
        *_no_lines(case),
        *_double_counting(case, measured, total=total, exclusive=exclusive),
        *price_doubts(named, prices),
        *contradictions(named, measured),
        *_unusual_full_time(case),
        *_ladder(case, total=total),
    )


def _no_lines(case: Case) -> Iterator[Warned]:
    if not case.lines and not case.additive:
        yield Warned(
            code="no_lines",
            message="Saken har ingen linjer, så det er ingenting å regne ut. Skriv hva som ble "
            "gjort før og etter (lines), eller at tjenesten ikke erstatter noe (additive).",
        )


def _double_counting(
    case: Case, measured: Mapping[str, Measured], *, total: Totals, exclusive: Exclusive | None
) -> Iterator[Warned]:
    found = overlap(case, measured)
    if found is None or exclusive is None:
        return
    yield Warned(
        code="double_counting",
        message="Nullalternativet er talt dobbelt: mottakeren ville enten hatt institusjon eller "
        "hjelp hjemme, ikke begge deler samtidig. Tallet uten dobbelttelling står ved siden av: "
        "institusjonen som spares, minus hjelpen som fortsatt gis hjemme.",
        lines=(*found.institution, *found.home),
        figures={
            "stated_nok_per_year": total.avoided.nok,
            "exclusive_nok_per_year": exclusive.avoided.nok,
            "stated_hours_per_year": total.avoided.hours,
            "exclusive_hours_per_year": exclusive.avoided.hours,
        },
    )


def _unusual_full_time(case: Case) -> Iterator[Warned]:
    usual = [plain(one.hours) for one in definitions()]
    if case.hours_per_fte not in {one.hours for one in definitions()}:
        yield Warned(
            code="unusual_full_time",
            message=f"Et årsverk er regnet som {plain(case.hours_per_fte)} timer. Vanlig er "
            f"{listed(usual, 'eller')}.",
        )


def _ladder(case: Case, *, total: Totals) -> Iterator[Warned]:
    """A step can hold no more than the one below it."""
    told = case.ladder
    pairs = (
        ("omsatte timer", told.redeployed_hours, "frigjorte timer", total.avoided.hours),
        ("omsatte kroner", told.redeployed_nok, "brutto gevinst", total.avoided.nok),
        ("budsjetterte kroner", told.budgeted_nok, "omsatte kroner", told.redeployed_nok),
    )
    for name, higher, below, lower in pairs:
        if higher is not None and lower is not None and higher > lower:
            yield Warned(
                code="ladder_contradiction",
                message=f"Flere {name} enn {below}: et trinn kan ikke ha mer enn trinnet under.",
                figures={"step": higher, "below": lower},
            )
