"""Teknologi først: how many of those who are new in home care get technology at once."""

from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally
from vft.indicators.courses import in_use
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.newcomers import FIRST_DAYS, WITHOUT_DAYS, newcomers
from vft.indicators.slices import slices_of, without

if TYPE_CHECKING:
    import ibis.expr.types as ir

_NEW, _GOT, _SHARE = "new_recipients", "with_technology", "share"
_ALARM = ("TA",)
_WINDOW = 12
_CASE = ("recipient_id", "slice_id", "came_on", "home")


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = frame.settle(without(slices_of(frame), _ALARM))
    found = frame.settle(_cases(frame, sliced))
    amounts = {
        _NEW: lambda cases: cases.came_on.notnull().cast("int64"),
        _GOT: lambda cases: cases.got_on.notnull().cast("int64"),
    }
    counted = tally.cases(frame, found, amounts, day="came_on", window=_WINDOW)
    return tally.named(tally.in_places(frame, counted), sliced)


def behind(frame: Frame) -> "ir.Table":
    """Who is new, since when, and from when she had technology."""
    sliced = frame.settle(without(slices_of(frame), _ALARM))
    found = tally.over_window(frame, _cases(frame, sliced), day="came_on", window=_WINDOW)
    said = found.mutate(detail=_detail(found), thing=ibis.null("string"))
    told = ibis.union(
        said.mutate(measure=ibis.literal(_NEW)),
        said.filter(said.got_on.notnull()).mutate(measure=ibis.literal(_GOT)),
    )
    named = told.join(sliced.select("slice_id", "slice_kind", "slice").distinct(), "slice_id")
    return named.select(*tally.BEHIND)


def _cases(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """New recipients in every slice; ``got_on``: the first day of use at once, null without."""
    came = frame.settle(newcomers(frame))
    everyone = came.cross_join(sliced.select("slice_id").distinct()).select(*_CASE)
    used = in_use(frame).join(sliced.select("service", "slice_id"), "service")
    used = used.select("slice_id", "starts_on", "ends_on", who="recipient_id")
    at_once = came.join(
        used,
        [came.recipient_id == used.who, used.starts_on <= came.until, used.ends_on > came.came_on],
    )
    got = at_once.group_by("recipient_id", "slice_id", "came_on").agg(
        got_on=at_once.starts_on.min()
    )
    return everyone.left_join(got, ["recipient_id", "slice_id", "came_on"]).select(*_CASE, "got_on")


def _detail(found: "ir.Table") -> "ir.StringValue":
    came = ibis.literal("Ny fra ").concat(found.came_on.strftime("%d.%m.%Y"))
    got = ibis.literal(", teknologi fra ").concat(found.got_on.strftime("%d.%m.%Y"))
    return came.concat(got.fill_null(f", ikke teknologi innen {FIRST_DAYS} dager"))


INDICATOR = Indicator(
    id="technology_first",
    title="Teknologi først",
    question="Får de som er nye i hjemmetjenesten, velferdsteknologi med en gang?",
    why=(
        "Det er lettere å begynne med teknologi enn å bytte til den når besøkene er blitt en vane. "
        "Derfor skal teknologi vurderes og tas i bruk først, før faste besøk."
    ),
    numerator=(
        "De av de nye mottakerne som har hatt annen velferdsteknologi enn trygghetsalarm i bruk på "
        f"en av de første {FIRST_DAYS} dagene etter den første tjenesten, eller samme dag. I bruk "
        "er gyldig vedtak og utstyr som virker. Den som hadde det i bruk fra før, er med."
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
    sources=("Vedtak og pauser fra EPJ", "Utstyrsliste og utplassering fra leverandør eller EPJ"),
    needs=("vedtak", "device_assignments"),
    window=_WINDOW,
    settles_after=FIRST_DAYS,
    history=WITHOUT_DAYS,
    leaves_out=_ALARM,
    hides_with=("considered",),
    assumptions=(
        (
            f"En måned er ferdig når det er gått {FIRST_DAYS} dager etter at den var slutt, så "
            "alle har hatt like lang tid."
        ),
        (
            f"Ingen regnes som ny før kildene dekker de siste {WITHOUT_DAYS} dagene før den første "
            "tjenesten. Det første året med data har derfor ingen tall, og det neste bygger på "
            "færre enn tolv måneder."
        ),
        (
            "Den første tjenesten er den første dagen et vedtak om helsetjenester i hjemmet eller "
            "praktisk bistand gjelder, også om første besøk kom senere."
        ),
        (
            "Vedtak om teknologi uten utstyr som virker, teller ikke: se «Ledetid» for hvor lang "
            "tid det tar å komme i gang."
        ),
        "Trygghetsalarm er holdt utenfor, siden mange har den før de trenger hjemmetjenester.",
        "Ikke alle har nytte av teknologi. Tallet sier ikke hvem som burde ha fått den.",
        "Den som bodde i en enhet som siden er lagt ned, telles i kommunen, sett som den gang.",
    ),
    measures=(
        Measure(
            code=_SHARE,
            title="Andel med teknologi først",
            meaning=f"Så mange av de nye hadde teknologien i bruk innen {FIRST_DAYS} dager.",
            at_month_end=True,
            kind=Kind.SHARE,
            unit="prosent",
            numerator=_GOT,
            denominator=_NEW,
            per=100,
            decimals=1,
        ),
        Measure(
            code=_GOT,
            title="Nye mottakere med teknologi først",
            meaning=f"Nye mottakere som hadde teknologien i bruk innen {FIRST_DAYS} dager.",
            at_month_end=True,
        ),
        Measure(
            code=_NEW,
            title="Nye mottakere",
            meaning=f"Fikk hjemmetjenester, og hadde ikke hatt det de siste {WITHOUT_DAYS} dagene.",
            at_month_end=True,
            better=Better.NEITHER,
        ),
    ),
    compute=compute,
    behind=behind,
)
