"""Behovsgrupper: how the need of those who receive home care is distributed."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally
from vft.indicators.definition import Better, Family, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import ALL, EVERYONE, everyone
from vft.panel import calendar, intervals
from vft.panel.fact import Rows
from vft.panel.spells import home_care_spells
from vft.tables.period import OPEN_END, first_day, last_day

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: An assessment tells of the need until a newer one, and for this long at most.
LASTS_MONTHS = 18
_RECIPIENTS, _NOT_ASSESSED = "recipients", "not_assessed"
#: From the least need to the greatest: need group → what the reader is told.
_NEEDS = {
    "low": ("Lavt behov", "noe eller avgrenset behov for hjelp"),
    "medium": ("Middels behov", "middels til stort behov for hjelp"),
    "high": ("Høyt behov", "omfattende behov for hjelp"),
}
_NOT_KNOWN = ("Ikke kartlagt", f"ingen kartlegging med bistandsbehov siste {LASTS_MONTHS} måneder")
_WORDS = _NEEDS | {_NOT_ASSESSED: _NOT_KNOWN}


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    spans = tally.within_homes(frame, frame.settle(by_need(frame)))
    spans = spans.mutate(slice_id=ibis.literal(1, "int64"))
    spans = frame.settle(tally.at_month_ends(frame, spans))
    counted = tally.held(frame, spans, {m: holds.cast("int64") for m, holds in _holds(spans)})
    return tally.named(tally.in_places(frame, counted), everyone())


def behind(frame: Frame) -> "ir.Table":
    """Who is counted at each month's end, with the day of the assessment."""
    ends = calendar.month_ends(frame.months)
    known = by_need(frame)
    then = known.join(ends, [known.starts_on <= ends.last_day, known.ends_on > ends.last_day])
    placed = tally.at_home(frame, then.select(*known.columns, "month", "last_day"), day="last_day")
    detail = ibis.literal("Kartlagt ").concat(placed.assessed_on.strftime("%d.%m.%Y"))
    placed = placed.mutate(
        slice_kind=ibis.literal(EVERYONE),
        slice=ibis.literal(ALL),
        thing=ibis.null("string"),
        detail=ibis.ifelse(placed.assessed_on.isnull(), ibis.null("string"), detail),
    )
    parts = (placed.filter(holds).mutate(measure=ibis.literal(m)) for m, holds in _holds(placed))
    return ibis.union(*(part.select(*tally.BEHIND) for part in parts))


def _holds(spans: "ir.Table") -> "list[tuple[str, ir.BooleanValue]]":
    needs = [(need, spans.need == need) for need in _WORDS]
    return [(_RECIPIENTS, ibis.literal(True)), *needs]


def by_need(frame: Frame) -> "ir.Table":
    """Home care that reaches into the months asked for, cut where the need changed.

    ``(recipient_id, starts_on, ends_on, need, assessed_on)``; ``need`` is :data:`_NOT_ASSESSED`
    where no assessment speaks of the days.
    """
    care = home_care_spells(frame.rows)
    care = frame.settle(
        care.filter(
            care.starts_on <= ibis.literal(last_day(frame.months[-1])),
            care.ends_on > ibis.literal(first_day(frame.months[0])),
        )
    )
    assessed = frame.settle(_assessed(frame.rows).semi_join(care, "recipient_id"))
    silent = intervals.subtract(care, assessed, by=["recipient_id"])
    silent = silent.mutate(need=ibis.literal(_NOT_ASSESSED), assessed_on=ibis.null("date"))
    return ibis.union(_within(care, assessed), silent)


def _within(care: "ir.Table", assessed: "ir.Table") -> "ir.Table":
    told = assessed.select("need", who="recipient_id", since="starts_on", until="ends_on")
    met = care.join(
        told,
        [care.recipient_id == told.who, care.starts_on < told.until, care.ends_on > told.since],
    ).select(*care.columns, "need", "since", "until")
    return met.select(
        "recipient_id",
        starts_on=ibis.greatest(met.starts_on, met.since),
        ends_on=ibis.least(met.ends_on, met.until),
        need="need",
        assessed_on="since",
    )


def _assessed(rows: Rows) -> "ir.Table":
    """``(recipient_id, starts_on, ends_on, need)``: what the newest assessment says.

    Where two of a day differ, the greater need counts. One that says nothing of need is none.
    """
    told = rows("assessments")
    told = told.filter(told.need_group.isin(list(_NEEDS)))
    rank = ibis.cases(*((told.need_group == need, place) for place, need in enumerate(_NEEDS)))
    daily = told.group_by("recipient_id", starts_on=told.assessed_on).agg(rank=rank.max())
    by_day = ibis.window(group_by="recipient_id", order_by="starts_on")
    newer = daily.starts_on.lead().over(by_day).fill_null(ibis.literal(OPEN_END))
    too_old = (daily.starts_on + ibis.interval(months=LASTS_MONTHS)).cast("date")
    need = ibis.cases(*((daily["rank"] == place, need) for place, need in enumerate(_NEEDS)))
    return daily.select("recipient_id", "starts_on", ends_on=ibis.least(newer, too_old), need=need)


def _counts() -> list[Measure]:
    return [
        Measure(
            code=need,
            title=title,
            meaning=f"{meaning[:1].upper()}{meaning[1:]}.",
            at_month_end=True,
        )
        for need, (title, meaning) in _WORDS.items()
    ]


def _shares() -> list[Measure]:
    return [
        Measure(
            code=f"{need}_share",
            title=f"Andel {title[:1].lower()}{title[1:]}",
            meaning=f"Av alle mottakere av hjemmetjenester: {meaning}.",
            at_month_end=True,
            kind=Kind.SHARE,
            unit="prosent",
            numerator=need,
            denominator=_RECIPIENTS,
            per=100,
            decimals=1,
            better=Better.LOWER if need == _NOT_ASSESSED else None,
        )
        for need, (title, meaning) in _WORDS.items()
    ]


INDICATOR = Indicator(
    id="need_groups",
    title="Mottakere etter bistandsbehov",
    question="Går hjemmetjenestene til dem som trenger mest?",
    why=(
        "Frigjort tid skal komme dem med størst behov til gode. Fordelingen viser om det skjer, og "
        "om to enheter har mottakere som kan sammenlignes."
    ),
    numerator=(
        "Mottakere av hjemmetjenester siste dag i måneden, etter bistandsbehovet i den nyeste "
        f"kartleggingen (IPLOS). En kartlegging gjelder i {LASTS_MONTHS} måneder, eller til en "
        "nyere kommer. Har hun ingen som gjelder, er hun ikke kartlagt."
    ),
    denominator=(
        "Alle mottakere av hjemmetjenester siste dag i måneden, også de som ikke er kartlagt."
    ),
    unit="personer",
    better=Better.NEITHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for hjemmetjenester",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Vedtak og pauser fra EPJ", "Kartlegginger (IPLOS) fra EPJ"),
    needs=("vedtak", "assessments"),
    family=Family.OVERALL,
    slice_kinds=(EVERYONE,),
    hides_with=("home_care",),
    assumptions=(
        "Vi regner med at det kartlegges på nytt minst én gang i året, og gir et halvt år til.",
        "Kartlegginger uten bistandsbehov regnes ikke med.",
        "Er det to kartlegginger på samme dag, gjelder den med størst behov.",
        "Øker andelen med høyt behov, kan det være fordi de med lavt behov får annen hjelp.",
    ),
    measures=(
        Measure(
            code=_RECIPIENTS,
            title="Mottakere av hjemmetjenester",
            meaning="Gyldig vedtak om helsetjenester i hjemmet eller praktisk bistand.",
            at_month_end=True,
        ),
        *_counts(),
        *_shares(),
    ),
    compute=compute,
    behind=behind,
)
