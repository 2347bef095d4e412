"""Vurdert: whether technology was considered for those who are new in home care, and what came."""

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import tally
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.newcomers import FIRST_DAYS, WITHOUT_DAYS, newcomers
from vft.indicators.slices import ALL, EVERYONE, everyone

if TYPE_CHECKING:
    import ibis.expr.types as ir

_NEW, _CONSIDERED, _UNTOLD = "new_recipients", "considered", "not_documented"
_WINDOW = 12
#: Outcomes (``vedtak.considered_technology``), the one that says most first, and what it is called.
_OUTCOMES = {
    "granted": ("Innvilget", "Teknologi ble vurdert og innvilget"),
    "declined": ("Takket nei", "Teknologi ble vurdert, og mottakeren takket nei"),
    "unsuitable": ("Ikke egnet", "Teknologi ble vurdert og funnet uegnet"),
    "not_considered": ("Ikke vurdert", "Det er dokumentert at teknologi ikke ble vurdert"),
    _UNTOLD: ("Ikke dokumentert", "Ingen har skrevet om teknologi ble vurdert"),
}
_AFTER_THOUGHT = ("granted", "declined", "unsuitable")


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    found = frame.settle(_cases(frame)).mutate(slice_id=ibis.literal(1, "int64"))
    amounts = {measure: _counted_as(codes) for measure, codes in _counts().items()}
    counted = tally.cases(frame, found, amounts, day="came_on", window=_WINDOW)
    return tally.named(tally.in_places(frame, counted), everyone())


def behind(frame: Frame) -> "ir.Table":
    """Who is new, since when, what came of it, and the reason as the caseworker wrote it."""
    found = tally.over_window(frame, _cases(frame), day="came_on", window=_WINDOW)
    said = found.mutate(
        slice_kind=ibis.literal(EVERYONE),
        slice=ibis.literal(ALL),
        thing=ibis.null("string"),
        detail=_detail(found),
    )
    parts = (
        said.filter(said.outcome.isin(codes)).mutate(measure=ibis.literal(measure))
        for measure, codes in _counts().items()
    )
    return ibis.union(*parts).select(*tally.BEHIND)


def _counts() -> dict[str, tuple[str, ...]]:
    """Counts, and the outcomes that each counts."""
    each = {code: (code,) for code in _OUTCOMES}
    return {_NEW: tuple(_OUTCOMES), _CONSIDERED: _AFTER_THOUGHT} | each


def _counted_as(codes: tuple[str, ...]) -> Any:
    return lambda cases: cases.outcome.isin(codes).cast("int64")


def _cases(frame: Frame) -> "ir.Table":
    """``(recipient_id, came_on, home, outcome, reason)``: a row for each who is new."""
    came = frame.settle(newcomers(frame))
    told = _told(frame, came)
    known = came.left_join(told, ["recipient_id", "came_on"])
    return known.select(
        "recipient_id", "came_on", "home", "reason", outcome=known.outcome.fill_null(_UNTOLD)
    )


def _told(frame: Frame, came: "ir.Table") -> "ir.Table":
    """What the vedtak of the first days say; of several, the outcome that says most."""
    vedtak = frame.rows("vedtak").filter(ibis._.considered_technology.notnull())
    vedtak = vedtak.select(
        "vedtak_id",
        "starts_on",
        who="recipient_id",
        outcome="considered_technology",
        reason="considered_reason",
    )
    first = came.join(
        vedtak,
        [
            came.recipient_id == vedtak.who,
            vedtak.starts_on >= came.came_on,
            vedtak.starts_on <= came.until,
        ],
    ).select("recipient_id", "came_on", "vedtak_id", "starts_on", "outcome", "reason")
    rank = ibis.cases(*((first.outcome == code, n) for n, code in enumerate(_OUTCOMES)), else_=9)
    foremost = ibis.window(
        group_by=["recipient_id", "came_on"], order_by=[rank, first.starts_on, first.vedtak_id]
    )
    first = first.mutate(place=ibis.row_number().over(foremost))
    return first.filter(first.place == 0).select("recipient_id", "came_on", "outcome", "reason")


def _detail(found: "ir.Table") -> "ir.StringValue":
    came = ibis.literal("Ny fra ").concat(found.came_on.strftime("%d.%m.%Y"), ": ")
    what = ibis.cases(
        *((found.outcome == code, title.lower()) for code, (title, _) in _OUTCOMES.items())
    )
    return came.concat(what, ibis.literal(". ").concat(found.reason).fill_null(""))


def _share(code: str, title: str, meaning: str, better: Better) -> Measure:
    return Measure(
        code=f"{code}_share",
        title=title,
        meaning=meaning,
        at_month_end=True,
        kind=Kind.SHARE,
        unit="prosent",
        numerator=code,
        denominator=_NEW,
        per=100,
        decimals=1,
        better=better,
    )


def _count(code: str, title: str, meaning: str) -> Measure:
    return Measure(
        code=code, title=title, meaning=meaning, at_month_end=True, better=Better.NEITHER
    )


INDICATOR = Indicator(
    id="considered",
    title="Vurdert for teknologi",
    question="Blir velferdsteknologi vurdert når noen er nye i hjemmetjenesten?",
    why=(
        "Det er et nasjonalt mål at teknologi vurderes for alle som får tjenester. Den som ikke "
        "blir vurdert, får den heller ikke. Avslagene forteller hva som må løses."
    ),
    numerator=(
        "De av de nye mottakerne der det står i vedtaket om teknologi ble vurdert, etter utfall. "
        f"Alle vedtak som begynner i de første {FIRST_DAYS} dagene, er med, også de som ble "
        "avslått. Sier flere vedtak noe, gjelder det som kom lengst: innvilget, så takket nei, så "
        "ikke egnet, så ikke vurdert. Hver mottaker har ett utfall."
    ),
    denominator=(
        "Tjenestemottakere som de siste tolv månedene fikk helsetjenester i hjemmet eller praktisk "
        f"bistand, og som ikke hadde hatt noen av dem de siste {WITHOUT_DAYS} dagene før. Hver "
        "telles der hun bodde den første dagen."
    ),
    unit="personer",
    better=Better.HIGHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=("Vedtak fra EPJ, med «vurdert for teknologi» og begrunnelse",),
    needs=("vedtak",),
    slice_kinds=(EVERYONE,),
    window=_WINDOW,
    settles_after=FIRST_DAYS,
    history=WITHOUT_DAYS,
    hides_with=("technology_first",),
    assumptions=(
        (
            "«Ikke dokumentert» og «ikke vurdert» er to ting: det ene er et tomt felt, det andre "
            "et svar. Andelen som er vurdert, regnes av alle nye, så tomme felt gjør den lavere."
        ),
        (
            "Trygghetsalarm er også velferdsteknologi: er den innvilget etter en vurdering, er "
            "mottakeren vurdert."
        ),
        (
            "Begrunnelsen er fri tekst i kilden og telles ikke. Den står ved hver mottaker i "
            "radene bak tallet, for dem som har tilgang."
        ),
        (
            f"Ingen regnes som ny før kildene dekker de siste {WITHOUT_DAYS} dagene før den første "
            "tjenesten. Det første året med data har derfor ingen tall, og det neste bygger på "
            "færre enn tolv måneder."
        ),
        "Tallet sier ikke om vurderingen var god.",
        "Den som bodde i en enhet som siden er lagt ned, telles i kommunen, sett som den gang.",
    ),
    measures=(
        _share(
            _CONSIDERED,
            "Andel vurdert",
            "Innvilget, takket nei eller ikke egnet, av alle nye.",
            Better.HIGHER,
        ),
        *(
            _share(
                code,
                f"Andel {title.lower()}",
                f"{meaning}. Av alle nye.",
                Better.LOWER if code not in _AFTER_THOUGHT else Better.NEITHER,
            )
            for code, (title, meaning) in _OUTCOMES.items()
        ),
        _count(_CONSIDERED, "Vurdert", "Innvilget, takket nei eller ikke egnet."),
        *(_count(code, title, f"{meaning}.") for code, (title, meaning) in _OUTCOMES.items()),
        _count(
            _NEW,
            "Nye mottakere",
            f"Fikk hjemmetjenester, og hadde ikke hatt det de siste {WITHOUT_DAYS} dagene.",
        ),
    ),
    compute=compute,
    behind=behind,
)
