"""Estimates as tables in the terminal, in bokmål."""

from collections.abc import Iterable

from vft.commands.terminal import say, show_heading, show_table
from vft.effects import answers
from vft.effects.contrast import EARLY, LATE
from vft.effects.small_counts import SHOWN
from vft.effects.titles import group
from vft.effects.verdict import ESTIMATED
from vft.tables.norwegian import decimal, listed, number

VERDICTS = {
    "refused": "Ingenting vises",
    "counts_only": "Bare antall vises",
    "indicative": "En antydning, ikke en påvist effekt",
    "causal": "Effekten kan tilskrives tjenesten",
}
#: The same of two services: neither is without effect for being no better than the other.
BETWEEN = {
    "indicative": "En antydning, ikke en påvist forskjell",
    "causal": "Forskjellen kan tilskrives at de fikk ulike tjenester",
}

ESTIMANDS = {
    "at_home": "hjemmetjeneste til dem som lever og bor hjemme",
    "resources": "hjemmetjeneste og sykehjem til alle, også etter at de flyttet ut av hjemmet",
}
_INTERVALS = "Tallene i parentes er 95-prosentintervaller."
_FEW = f"færre enn {SHOWN}"


def show_b(found: answers.EffectB) -> None:
    """Verdict and reasons first, then the estimate, then what it rests on."""
    _show_counts(found)
    if found.estimate is None:
        return
    say(f"Effekt i periode 2–9 etter oppstart: {spelt(found)} {found.unit}.")
    say(f"Det gjelder {ESTIMANDS[found.estimand]}.")
    _say_covered(found)
    _say("Placebo før oppstart", found.placebo, found.unit)
    _say("Drift lenge før oppstart", found.placebo_drift, found.unit)
    grew = f"fra periode {EARLY[0]}–{EARLY[1]} til {LATE[0]}–{LATE[1]}"
    _say(f"Vekst i effekten {grew}", found.growth, found.unit)
    say(_INTERVALS)
    _show_balance(found.balance)
    show_table(
        f"Perioder fra oppstart ({found.unit})",
        ("Periode", "Forskjell", "Brukere", "Brukt i matching"),
        ((e.period, spelt(e), _users(e), e.used_in_matching) for e in found.event_study),
    )
    show_table(
        f"Samme endring lest fra flere nullpunkter ({found.unit})",
        ("Nullpunkt", "Før/etter uten kontroll", "Kontrollert"),
        ((_zero_point(z), tenth(z.before_after), spelt(z)) for z in found.zero_points),
    )


def _say_covered(found: answers.EffectB) -> None:
    """Where a part of the effect's periods rests on few, that is no effect of them all."""
    inside = range(found.first_period, found.last_period + 1)
    rows = [row for row in found.event_study if row.period in inside]
    enough = [number(row.period) for row in rows if (row.n_adopters or 0) >= ESTIMATED]
    if len(enough) < len(rows):
        covered = f"periode {listed(enough)}" if enough else "ingen av periodene"
        say(f"Minst {ESTIMATED} brukere er fulgt i {covered}; resten bygger på færre.")


def _say(name: str, figure: answers.Figure, unit: str) -> None:
    known = figure.estimate is not None
    say(f"{name}: {spelt(figure)} {unit}." if known else f"{name}: lar seg ikke regne ut.")


def show_newcomers(found: answers.EffectNewcomers) -> None:
    """Verdict and reasons first, then the difference in growth, then what it rests on."""
    _show_counts(found)
    if found.estimate is None:
        return
    say(f"Vekst over 12 måneder, brukere minus andre nye: {spelt(found)} {found.unit}.")
    _say("Så mye mer sent enn tidlig i de 12 månedene", found.growth, found.unit)
    say(_INTERVALS)
    _show_balance(found.balance)
    show_table(
        f"Perioder fra oppstart ({found.unit})",
        ("Periode", "Forskjell i vekst", "Brukere"),
        ((e.period, spelt(e), _users(e)) for e in found.event_study),
    )


def _show_counts(
    found: answers.EffectB | answers.EffectNewcomers | answers.EffectAdmission,
) -> None:
    show_verdict(VERDICTS[found.verdict], found.reasons, found.notes)
    if not found.n_adopters:
        return
    if found.n_matched is None:
        users = f"{_FEW.capitalize()} av {number(found.n_adopters)} brukere"
        say(f"{users} har noen å sammenlignes med.")
        return
    say(
        f"{number(found.n_matched)} av {number(found.n_adopters)} brukere har noen å "
        f"sammenlignes med ({percent(found.n_matched / found.n_adopters)})."
    )


def _users(row: answers.EventRow) -> int | str:
    return _FEW if row.n_adopters is None else row.n_adopters


def _zero_point(row: answers.ZeroRow) -> str:
    first, last = number(row.first_period), number(row.last_period)
    return f"periode {first}" if first == last else f"periode {first} til {last}"


def _show_balance(rows: Iterable[answers.BalanceRow], made_alike: str = "matching") -> None:
    show_table(
        "Likhet ved oppstart (standardavvik)",
        ("Kjennetegn", f"Før {made_alike}", f"Etter {made_alike}"),
        ((b.title, decimal(b.before, 2), decimal(b.after, 2)) for b in rows),
    )


def show_segments(found: answers.EffectSegments) -> None:
    """A line a segment, then what may not be said and why."""
    named = [(_capitalised(group(found.by, s.segment)), s) for s in found.segments]
    show_table(
        "Effekt per gruppe (minutter per uke)",
        ("Gruppe", "Brukere", "Anslag", "Trukket mot snittet"),
        ((name, s.n_adopters, spelt(s), _shrunken(s)) for name, s in named),
    )
    say(_INTERVALS)
    for name, one in named:
        say(f"{name}: {_lowered(VERDICTS[one.verdict])}.")
        for reason in one.reasons:
            say(f"– {reason}")
    _show_notes(found.notes)
    if found.i_squared is not None and found.interaction_p is not None:
        say(
            f"Ulikhet mellom gruppene utover tilfeldigheter: {percent(found.i_squared)} "
            f"({_p(found.interaction_p)})."
        )


def _p(value: float) -> str:
    """A p of which three decimals would be none is less than these can tell."""
    return "p < 0,001" if value < 0.001 else f"p = {decimal(value, 3)}"  # noqa: PLR2004 - as shown


def _shrunken(one: answers.SegmentRow) -> str:
    return spelt(answers.Figure(estimate=one.shrunken, interval=one.shrunken_interval))


def show_compare(found: answers.EffectCompare) -> None:
    """Verdict, how many got either, the difference, and the unadjusted one as descriptive."""
    show_verdict({**VERDICTS, **BETWEEN}[found.verdict], found.reasons, found.notes)
    first, second = found.services
    if found.verdict != "refused":
        one, other = (_FEW if n is None else number(n) for n in found.n)
        say(f"Sammenlignet: {one} som fikk «{first}», og {other} som fikk «{second}».")
    if found.estimate is None:
        return
    say(f"«{first}» minus «{second}»: {spelt(found)} {found.unit}.")
    say(f"Ujustert forskjell, bare {found.crude_label}: {tenth(found.crude)} {found.unit}.")
    _say("Placebo før oppstart", found.placebo, found.unit)
    say(_INTERVALS)
    _show_balance(found.balance, "vekting")


def show_admission(found: answers.EffectAdmission) -> None:
    """Verdict, how many moved in, hazard ratio and months at home."""
    _show_counts(found)
    if found.verdict != "refused":
        mine, theirs = (_FEW if n is None else number(n) for n in found.admissions)
        say(f"Flyttet inn i sykehjem: {mine} av brukerne og {theirs} av de andre.")
    if found.hazard_ratio is not None and found.hazard_ratio_interval is not None:
        low, high = (decimal(v, 2) for v in found.hazard_ratio_interval)
        say(
            "Hasardrate for innflytting, brukere mot andre: "
            f"{decimal(found.hazard_ratio, 2)} ({low} til {high}). Under 1 er senere."
        )
    for one in found.months_home:
        say(f"Flere måneder hjemme innen {one.within_months} måneder: {spelt(one)}.")
    if found.months_home:
        say(_INTERVALS)


def show_series(found: answers.EffectSeries) -> None:
    """A line a unit, then what each rests on."""
    show_table(
        "Brudd per enhet (i seriens egen enhet)",
        ("Enhet", "Endring i snitt etter", "Sprang ved oppstart", "Endring per måned"),
        ((s.unit, spelt(s), spelt(s.level), spelt(s.slope)) for s in found.units),
    )
    if found.units:
        say(_INTERVALS)
    for one in found.units:
        say(
            f"{one.unit}: {_lowered(VERDICTS[one.verdict])}. {number(one.months_before)} måneder "
            f"før, {number(one.months_after)} etter, {number(one.controls)} enheter uten tjenesten."
        )
        for reason in one.reasons:
            say(f"– {reason}")


def show_verdict(verdict: str, reasons: Iterable[str], notes: Iterable[str]) -> None:
    """What may be said, why not more, and what the data lack."""
    show_heading(verdict, "")
    for reason in reasons:
        say(f"– {reason}")
    _show_notes(notes)


def _show_notes(notes: Iterable[str]) -> None:
    for note in notes:
        say(f"Merk: {note}")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def spelt(figure: answers.Figure) -> str:
    """−97,8 (−103,6 til −92,0), or a dash."""
    if figure.estimate is None or figure.interval is None:
        return "–"
    low, high = figure.interval
    return f"{decimal(figure.estimate, 1)} ({decimal(low, 1)} til {decimal(high, 1)})"


def tenth(value: float | None) -> str:
    """One decimal, or a dash."""
    return "–" if value is None else decimal(value, 1)


def percent(share: float | None) -> str:
    """97 %, or a dash."""
    return "–" if share is None else f"{decimal(share * 100, 0)} %"
