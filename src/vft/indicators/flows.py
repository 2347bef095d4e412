"""Nye og avsluttede brukere: how the number of users came to change from month to month."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import tally
from vft.indicators.courses import REST_DAYS, courses, in_use, with_reason
from vft.indicators.definition import Better, Indicator, Kind, Measure
from vft.indicators.frame import Frame
from vft.indicators.slices import slices_of
from vft.panel import intervals
from vft.tables.period import last_day

if TYPE_CHECKING:
    import ibis.expr.types as ir

_USERS, _RESTING, _NEW, _ENDED = "users", "resting", "new", "ended"
_NET, _IN, _OUT = "net", "moved_in", "moved_out"
_PERSON = ("recipient_id", "slice_id")
_HAPPENED = ("measure", *_PERSON, "home", "month", "detail")
_NOT_TOLD = "not_told"
#: Why it ended, as the vedtak says it (``vedtak.end_reason``), and what a reader is told.
_REASONS = {
    "dead": ("døde", "Avsluttet fordi brukeren døde"),
    "institution": ("fikk langtidsopphold", "Avsluttet fordi brukeren fikk plass i institusjon"),
    "moved": ("flyttet ut av kommunen", "Avsluttet fordi brukeren flyttet ut av kommunen"),
    "not_needed": ("ikke lenger behov", "Avsluttet fordi behovet falt bort"),
    "not_suitable": ("teknologien passet ikke", "Avsluttet fordi teknologien ikke passet"),
    "own_wish": ("eget ønske", "Avsluttet etter brukerens eget ønske"),
    "replaced": ("erstattet av annet", "Avsluttet fordi tjenesten ble erstattet av en annen"),
    "other": ("annen årsak", "Avsluttet av annen oppgitt årsak"),
    _NOT_TOLD: ("årsak ikke oppgitt", "Avsluttet uten at noe register sier hvorfor"),
}


def compute(frame: Frame) -> "ir.Table":
    """See :data:`INDICATOR` and :class:`~vft.indicators.definition.Indicator`."""
    sliced = slices_of(frame)
    using = frame.settle(_using(frame, sliced))
    found = frame.settle(courses(using, by=_PERSON))
    lived = frame.settle(_lived(frame, found))
    counted = ibis.union(
        *_stocks(frame, using, found, lived), _sums(_happened(frame, lived, sliced))
    )
    moves = _moves(frame, lived)
    total = ibis.union(
        tally.in_places(frame, counted),
        tally.in_places(frame, _net(counted)),
        _across(frame, moves, _IN, "home"),
        _across(frame, moves, _OUT, "left_home"),
    )
    return tally.named(total.filter(total["value"] != 0), sliced)


def behind(frame: Frame) -> "ir.Table":
    """Who are users, rest, came and left; when, and why."""
    sliced = slices_of(frame)
    using = frame.settle(_using(frame, sliced))
    found = frame.settle(courses(using, by=_PERSON))
    lived = frame.settle(_lived(frame, found))
    resting = tally.by_month_ends(tally.within_homes(frame, _rests(using, found)))
    told = ibis.union(
        _there(frame, lived, _USERS, "Bruker siden "),
        _there(frame, resting, _RESTING, "Opphold i bruken siden "),
        _happened(frame, lived, sliced),
    )
    named = told.join(sliced.select("slice_id", "slice_kind", "slice").distinct(), "slice_id")
    return named.mutate(thing=ibis.null("string")).select(*tally.BEHIND)


def _using(frame: Frame, sliced: "ir.Table") -> "ir.Table":
    """``(*_PERSON, starts_on, ends_on)``: use, until as long after the months as a rest lasts."""
    spells = in_use(frame)
    after = last_day(frame.months[-1]) + timedelta(days=REST_DAYS)
    known = spells.filter(spells.starts_on <= ibis.literal(after))
    return known.join(sliced.select("service", "slice_id"), "service").select(
        *_PERSON, "starts_on", "ends_on"
    )


def _rests(using: "ir.Table", found: "ir.Table") -> "ir.Table":
    """The days of courses without use; ``begun``: the first of them."""
    rests = intervals.subtract(found, using, by=_PERSON)
    return rests.mutate(begun=rests.starts_on)


def _lived(frame: Frame, found: "ir.Table") -> "ir.Table":
    """Courses by month ends, cut by home, with where she lived before and whether she goes on.

    ``(*_PERSON, home, starts_on, ends_on, begun, over, left_home, is_first, is_last)``: months'
    numbers, then the course's days.
    """
    pieces = tally.within_homes(frame, found.mutate(begun=found.starts_on, over=found.ends_on))
    pieces = tally.by_month_ends(pieces)
    of_person = ibis.window(group_by=_PERSON, order_by="starts_on")
    beside = pieces.mutate(
        left_home=pieces.home.lag().over(of_person),
        before=pieces.ends_on.lag().over(of_person),
        after=pieces.starts_on.lead().over(of_person),
    )
    return beside.select(
        *pieces.columns,
        "left_home",
        is_first=(beside.before < beside.starts_on).fill_null(ibis.literal(True)),
        is_last=(beside.after > beside.ends_on).fill_null(ibis.literal(True)),
    )


def _stocks(
    frame: Frame, using: "ir.Table", found: "ir.Table", lived: "ir.Table"
) -> "list[ir.Table]":
    """Users at month ends, and those of them who rest."""
    resting = tally.at_month_ends(frame, tally.within_homes(frame, _rests(using, found)))
    everyone = ibis.literal(True)
    return [
        *tally.on_one_day(frame, tally.asked_for(frame, lived), {_USERS: everyone}),
        *tally.on_one_day(frame, resting, {_RESTING: everyone}),
    ]


def _happened(frame: Frame, lived: "ir.Table", sliced: "ir.Table") -> "ir.Table":
    """A row a person who came, left, and why: ``(measure, *_PERSON, home, month, detail)``."""
    came = tally.in_month(frame, lived.filter(lived.is_first), number="starts_on")
    left = tally.in_month(frame, lived.filter(lived.is_last), number="ends_on")
    left = frame.settle(_with_reason(frame, left, sliced))
    why = ibis.cases(*((left.reason == code, told) for code, (told, _) in _REASONS.items()))
    detail = _told("Sluttet ", left.over).concat(": ", why)
    return ibis.union(
        *(
            rows.mutate(measure=measure, detail=said).select(*_HAPPENED)
            for rows, measure, said in (
                (came, ibis.literal(_NEW), _told("Begynte ", came.begun)),
                (left, ibis.literal(_ENDED), detail),
                (left, ibis.literal("ended_").concat(left.reason), detail),
            )
        )
    )


def _with_reason(frame: Frame, left: "ir.Table", sliced: "ir.Table") -> "ir.Table":
    """Add ``reason`` to those who left."""
    ended = left.select(*_PERSON, starts_on="begun", ends_on="over").distinct()
    told = with_reason(frame.rows, ended, sliced)
    told = told.select(
        who="recipient_id", within="slice_id", since="starts_on", until="ends_on", told="reason"
    )
    known = left.left_join(
        told,
        [
            left.recipient_id == told.who,
            left.slice_id == told.within,
            left.begun == told.since,
            left.over == told.until,
        ],
    )
    return known.select(*left.columns, reason=known.told.fill_null(_NOT_TOLD))


def _sums(happened: "ir.Table") -> "ir.Table":
    summed = happened.group_by("measure", "slice_id", "home", "month").agg(value=happened.count())
    return summed.mutate(value=summed["value"].cast("float64")).select(
        "slice_id", "home", "month", "measure", "value"
    )


def _net(counted: "ir.Table") -> "ir.Table":
    """What is new less what has ended."""
    parts = counted.filter(counted.measure.isin([_NEW, _ENDED]))
    step = ibis.ifelse(parts.measure == _NEW, 1.0, -1.0)
    return parts.mutate(measure=ibis.literal(_NET), value=parts["value"] * step)


def _moves(frame: Frame, lived: "ir.Table") -> "ir.Table":
    """``(slice_id, left_home, home, month, moved)``: users with another home than last month."""
    moved = lived.filter(~lived.is_first, lived.left_home != lived.home)
    dated = tally.in_month(frame, moved, number="starts_on")
    by = ["slice_id", "left_home", "home", "month"]
    return frame.settle(dated.group_by(by).agg(moved=dated.count()))


def _across(frame: Frame, moves: "ir.Table", measure: str, side: str) -> "ir.Table":
    """Those who came to a place from another, or left it for another, by the home on that side."""
    other = "left_home" if side == "home" else "home"
    lives_in = frame.in_home.rename(lived_in="home")
    placed = moves.join(lives_in, moves[side] == lives_in.lived_in)
    placed = placed.select(*moves.columns, *tally.PLACE)
    stayed = frame.in_home.rename(**{other: "home"})
    across = placed.anti_join(stayed, [other, *tally.PLACE])
    places = ["slice_id", "month", *tally.PLACE]
    summed = across.group_by(places).agg(value=across.moved.sum().cast("float64"))
    return summed.mutate(measure=ibis.literal(measure)).select("measure", *places, "value")


def _there(frame: Frame, spans: "ir.Table", measure: str, since: str) -> "ir.Table":
    """A row for each person and month's end of intervals of months."""
    held = tally.each_month(frame, spans)
    told = held.mutate(measure=ibis.literal(measure), detail=_told(since, held.begun))
    return told.select(*_HAPPENED)


def _told(what: str, day: Any) -> Any:
    return ibis.literal(what).concat(day.strftime("%d.%m.%Y"))


def _reason_measures() -> tuple[Measure, ...]:
    return tuple(
        Measure(
            code=f"ended_{code}",
            title=f"Avsluttet: {short}",
            meaning=f"{meaning}.",
            at_month_end=True,
            basis=_ENDED,
            better=Better.NEITHER,
            independent=True,
        )
        for code, (short, meaning) in _REASONS.items()
    )


INDICATOR = Indicator(
    id="flows",
    title="Nye og avsluttede brukere",
    question="Hvor mange begynner og slutter med velferdsteknologi, og hvorfor slutter de?",
    why=(
        "Vekst er nye brukere minus dem som slutter. To enheter med samme vekst kan ha hver sin "
        "oppgave: den ene må finne flere nye, den andre må finne ut hvorfor så mange slutter."
    ),
    numerator=(
        "Nye er tjenestemottakere som er brukere siste dag i måneden, men ikke var det siste dag i "
        "måneden før. Avsluttede er det omvendte. En bruker har gyldig vedtak og utstyr som "
        f"virker for samme tjeneste. Et opphold på under {REST_DAYS} dager, som en reise, en feil "
        "eller et bytte av utstyr, avbryter ikke bruken. Den som bytter utstyr eller flytter innen "
        "kommunen, er verken ny eller avsluttet. Nye telles der de bor siste dag i måneden, "
        "avsluttede der de bodde siste dag i måneden før."
    ),
    denominator="",
    unit="personer",
    better=Better.HIGHER,
    adds_over_units=True,
    adds_over_time=True,
    owner="Helseetaten, fagansvarlig for velferdsteknologi",
    checker="Helseetaten, analyse",
    next_review=date(2027, 6, 1),
    sources=(
        "Vedtak, pauser og sluttårsaker fra EPJ",
        "Utstyrsliste og utplassering fra leverandør eller EPJ",
    ),
    needs=("vedtak", "device_assignments"),
    settles_after=REST_DAYS,
    hides_with=("concurrent_users",),
    assumptions=(
        (
            "Avsluttede i en måned kan bli færre en stund etter månedens slutt, fordi noen kommer "
            "tilbake etter et kort opphold. Til da er måneden merket som ufullstendig."
        ),
        (
            "Regnestykket går opp i hver enhet: brukere forrige måned, pluss nye, minus "
            "avsluttede, pluss flyttet inn, minus flyttet ut, er brukere denne måneden."
        ),
        "Brukere her er samtidige brukere og dem som har et kort opphold siste dag i måneden.",
        "Får en enhet nye grenser, er de som bytter enhet, flyttet, sett som den gang.",
        (
            "En enhet som er lagt ned, har ingen tall etterpå. De som bodde der og sluttet i "
            "måneden den ble lagt ned, telles bare i det den var en del av."
        ),
        (
            "Den som slutter med én tjeneste og beholder en annen, er avsluttet i tjenesten, men "
            "ikke i all velferdsteknologi."
        ),
        "Dødsfall, langtidsopphold og utflytting hentes også fra andre registre enn vedtaket.",
    ),
    measures=(
        Measure(
            code=_NEW,
            title="Nye brukere",
            meaning="Brukere siste dag i måneden som ikke var det siste dag i måneden før.",
            at_month_end=True,
            independent=True,
        ),
        Measure(
            code=_ENDED,
            title="Avsluttede brukere",
            meaning="Brukere siste dag i måneden før som ikke er det siste dag i måneden.",
            at_month_end=True,
            better=Better.NEITHER,
            independent=True,
        ),
        Measure(
            code=_NET,
            title="Netto vekst",
            meaning="Nye minus avsluttede. Under null når flere slutter enn begynner.",
            at_month_end=True,
            kind=Kind.AMOUNT,
            basis=_USERS,
            independent=True,
        ),
        *_reason_measures(),
        Measure(
            code=_USERS,
            title="Brukere medregnet korte opphold",
            meaning="Samtidige brukere og de som har et kort opphold i bruken siste dag i måneden.",
            at_month_end=True,
            own_only=True,
        ),
        Measure(
            code=_RESTING,
            title="Kort opphold i bruken",
            meaning=(
                f"Uten gyldig vedtak eller virkende utstyr siste dag i måneden, men i færre enn "
                f"{REST_DAYS} dager."
            ),
            at_month_end=True,
            own_only=True,
            better=Better.NEITHER,
        ),
        Measure(
            code=_IN,
            title="Flyttet inn",
            meaning="Brukere begge månedsslutt, men i denne enheten bare ved det siste.",
            at_month_end=True,
            kind=Kind.AMOUNT,
            basis=_USERS,
            better=Better.NEITHER,
        ),
        Measure(
            code=_OUT,
            title="Flyttet ut",
            meaning="Brukere begge månedsslutt, men i denne enheten bare ved det første.",
            at_month_end=True,
            kind=Kind.AMOUNT,
            basis=_USERS,
            better=Better.NEITHER,
        ),
    ),
    compute=compute,
    behind=behind,
)
