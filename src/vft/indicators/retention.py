"""Videreført: how many of those who began to use technology still use it some time after."""

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import survival, tally
from vft.indicators.courses import DEAD, INSTITUTION, MOVED, REST_DAYS, courses, in_use, with_reason
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.tables.period import last_day

if TYPE_CHECKING:
    import ibis.expr.types as ir

_STARTED, _IN_USE, _ENDED, _GONE = "started", "in_use", "ended", "gone"
_CAUSES = (_ENDED, _GONE)
#: How long after, and what a reader calls it.
_AFTER = {14: "14 dager", 91: "3 måneder", 180: "180 dager", 183: "6 måneder", 365: "12 måneder"}
_WINDOW = 24
_PERSON = ("recipient_id", "slice_id")
_COURSE = (*_PERSON, "starts_on", "ends_on")


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = slices_of(frame)
    begun = frame.settle(_begun(frame, sliced))
    amounts = {_STARTED: lambda cases: cases.recipient_id.notnull().cast("int64")}
    started = tally.cases(frame, begun, amounts, day="starts_on", window=_WINDOW)
    counted = survival.followed(frame, _followed(frame, begun), causes=_CAUSES)
    drawn = frame.settle(survival.curves(frame.settle(counted), causes=_CAUSES))
    read = ibis.union(*(part for days in _AFTER for part in _read(frame, drawn, days)))
    estimated = tally.of_places(frame, read)
    total = ibis.union(estimated, tally.in_places(frame, started).select(estimated.columns))
    return tally.named(total, sliced)


def behind(frame: Frame) -> "ir.Table":
    """Who began, when, and how it went."""
    sliced = slices_of(frame)
    found = _followed(frame, frame.settle(_begun(frame, sliced)))
    said = found.mutate(
        measure=ibis.literal(_STARTED),
        thing=found.starts_on.cast("string"),
        detail=_detail(found),
    )
    named = said.join(sliced.select("slice_id", "slice_kind", "slice").distinct(), "slice_id")
    return named.select(*tally.BEHIND)


def _begun(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """``(*_COURSE, reason, home)``: courses that began after the first day of the data.

    Those in use on that day may have begun at any time before.
    """
    using = in_use(frame).join(sliced.select("service", "slice_id"), "service")
    found = frame.settle(courses(using.select(*_COURSE), by=_PERSON))
    last = ibis.literal(last_day(frame.months[-1]))
    begun = found.filter(found.starts_on > ibis.literal(frame.since), found.starts_on <= last)
    told = with_reason(frame.rows, begun.filter(begun.ends_on <= last), sliced)
    known = begun.left_join(told, list(_COURSE)).select(*_COURSE, "reason")
    return tally.at_home(frame, frame.settle(known), day="starts_on")


def _followed(frame: Frame, begun: "ir.Table") -> "ir.Table":
    """Courses of each month's window, as far as they were followed at its end.

    She who left the municipality was followed until the day before; nobody longer than is asked.
    """
    dated = tally.over_window(frame, begun, day="starts_on", window=_WINDOW)
    is_over = dated.ends_on <= dated.last_day
    moved = is_over & (dated.reason == MOVED).fill_null(ibis.literal(False))
    until = ibis.ifelse(is_over, dated.ends_on, dated.last_day)
    days = until.delta(dated.starts_on, unit="day").cast("int64")
    lasted = dated.mutate(days=ibis.ifelse(moved, days - 1, days), is_over=is_over & ~moved)
    gone = lasted.reason.isin([DEAD, INSTITUTION]).fill_null(ibis.literal(False))
    longest = max(_AFTER)
    return lasted.mutate(
        days=ibis.least(lasted.days, longest + 1),
        cause=ibis.cases(
            (~lasted.is_over | (lasted.days > longest), None), (gone, _GONE), else_=_ENDED
        ),
    )


def _read(frame: Frame, drawn: "ir.Table", days: int) -> "list[ir.Table]":
    read = frame.settle(survival.after(drawn, days=days, causes=_CAUSES))
    shares = {_IN_USE: read.remaining, _ENDED: read[_ENDED], _GONE: read[_GONE]}
    return [
        read.select(*survival.CELL, measure=ibis.literal(_code(what, days)), value=share)
        for what, share in shares.items()
    ]


def _code(what: str, days: int) -> str:
    return f"{what}_{days}_days"


def _detail(found: "ir.Table") -> Any:
    began = ibis.literal("Begynte ").concat(found.starts_on.strftime("%d.%m.%Y"))
    how = ibis.cases(
        (found.ends_on > found.last_day, ", fortsatt i bruk"),
        (found.reason == DEAD, ", døde"),
        (found.reason == INSTITUTION, ", langtidsopphold"),
        (found.reason == MOVED, ", flyttet ut"),
        else_=", sluttet",
    )
    ended = ibis.literal(" ").concat(found.ends_on.strftime("%d.%m.%Y"))
    return began.concat(how, ibis.ifelse(found.ends_on > found.last_day, "", ended))


def _shares(what: str, title: str, meaning: str, better: Better) -> tuple[Measure, ...]:
    return tuple(
        Measure(
            code=_code(what, days),
            title=f"{title} etter {after}",
            meaning=f"{meaning} {days} dager etter at de begynte.",
            at_month_end=True,
            kind=Kind.QUANTITY,
            unit="prosent",
            basis=_STARTED,
            decimals=1,
            better=better,
        )
        for days, after in _AFTER.items()
    )


INDICATOR = Indicator(
    id="retention",
    title="Videreført",
    question="Fortsetter de som begynner med velferdsteknologi, å bruke den?",
    why=(
        "Teknologi som blir hentet inn igjen etter noen uker, har kostet opplæring og tid uten å "
        "gi noe igjen. Faller bruken tidlig, passer den ikke for dem som får den, eller "
        "oppfølgingen svikter."
    ),
    numerator=(
        "Anslått andel som fortsatt har teknologien i bruk så lenge etter at de begynte, når alle "
        "regnes med så lenge de er fulgt (Kaplan–Meier). De andre har sluttet, eller er døde eller "
        "kommet på institusjon (Aalen–Johansen): de tre delene er 100 prosent til sammen. Et "
        f"opphold på under {REST_DAYS} dager, som en reise, en feil eller et bytte av utstyr, "
        "avbryter ikke bruken. Det gjør heller ikke flytting innen kommunen."
    ),
    denominator=(
        "Tjenestemottakere som begynte å bruke teknologien i de siste 24 månedene: gyldig vedtak "
        "og utstyr som virker. Hver telles der hun bodde dagen hun begynte. Den som begynner på "
        "nytt etter et lengre opphold, telles på nytt."
    ),
    unit="forløp",
    better=Better.HIGHER,
    adds_over_units=True,
    adds_over_time=False,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=(
        "Vedtak, pauser og sluttårsaker fra EPJ",
        "Utstyrsliste og utplassering fra leverandør eller EPJ",
        "Dødsfall, utflytting og langtidsopphold fra EPJ",
    ),
    needs=("vedtak", "device_assignments"),
    window=_WINDOW,
    settles_after=REST_DAYS,
    hides_with=("flows",),
    assumptions=(
        (
            f"Slutt er {REST_DAYS} dager eller mer uten bruk. Derfor kan tallene for en måned "
            f"endre seg i {REST_DAYS} dager etter at den var slutt."
        ),
        (
            "Død og langtidsopphold er egne utfall. De er ikke tegn på at teknologien ikke passet, "
            f"og hentes fra registrene når de kommer senest {REST_DAYS} dager etter bruken."
        ),
        "Den som flyttet fra kommunen, er fulgt til dagen før.",
        (
            "I en rapporteringsgruppe og i all velferdsteknologi er bytte fra en tjeneste til en "
            "annen ingen slutt, og den som alt bruker en tjeneste, begynner ikke med en til."
        ),
        "Et tall finnes bare der noen er fulgt så lenge, eller alle har sluttet før.",
        (
            "De som alt brukte teknologien den første dagen i kildene, er ikke med: ingen vet hvem "
            "som sluttet før. De første månedene bygger derfor på færre enn 24 måneder."
        ),
        "3, 6 og 12 måneder er 91, 183 og 365 dager.",
        "Den som bodde i en enhet som siden er lagt ned, telles i kommunen, sett som den gang.",
    ),
    measures=(
        *_shares(_IN_USE, "I bruk", "Har fortsatt teknologien i bruk", Better.HIGHER),
        *_shares(_ENDED, "Sluttet", "Sluttet av andre grunner innen", Better.LOWER),
        *_shares(
            _GONE,
            "Død eller på institusjon",
            "Døde eller fikk langtidsopphold innen",
            Better.NEITHER,
        ),
        Measure(
            code=_STARTED,
            title="Begynte",
            meaning="Begynte å bruke teknologien i de siste 24 månedene.",
            at_month_end=True,
        ),
    ),
    compute=compute,
    behind=behind,
)
