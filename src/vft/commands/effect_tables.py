"""Estimates as tables in the terminal, in bokmål."""

from collections.abc import Iterable

from vft.commands.terminal import console, show_heading, show_table
from vft.effects import report
from vft.tables.norwegian import decimal, number

VERDICTS = {
    "refused": "Ingenting vises",
    "counts_only": "Bare antall vises",
    "indicative": "En antydning, ikke en påvist effekt",
    "causal": "Effekten kan tilskrives tjenesten",
}

ESTIMANDS = {
    "at_home": "hjemmetjeneste til dem som lever og bor hjemme",
    "resources": "hjemmetjeneste og sykehjem til alle, også etter at de flyttet ut av hjemmet",
}


def show_b(found: report.EffectB) -> None:
    """Verdict and reasons first, then the estimate, then what it rests on."""
    _show_counts(found)
    if found.estimate is None:
        return
    console().print(f"Effekt i periode 2–9 etter oppstart: {spelt(found)} {found.unit}.")
    console().print(f"Det gjelder {ESTIMANDS[found.estimand]}.")
    console().print(f"Placebo før oppstart: {spelt(found.placebo)} {found.unit}.")
    console().print(f"Drift lenge før oppstart: {spelt(found.placebo_drift)} {found.unit}.")
    _show_balance(found.balance)
    show_table(
        f"Perioder fra oppstart ({found.unit})",
        ("Periode", "Forskjell", "Brukere", "Brukt i matching"),
        ((str(e.period), spelt(e), e.n_adopters, e.used_in_matching) for e in found.event_study),
    )
    show_table(
        f"Samme endring lest fra flere nullpunkter ({found.unit})",
        ("Nullpunkt", "Før/etter uten kontroll", "Kontrollert"),
        (
            (f"periode {z.first_period} til {z.last_period}", tenth(z.before_after), spelt(z))
            for z in found.zero_points
        ),
    )


def show_newcomers(found: report.EffectNewcomers) -> None:
    """Verdict and reasons first, then the difference in growth, then what it rests on."""
    _show_counts(found)
    if found.estimate is None:
        return
    console().print(f"Vekst over 12 måneder, brukere minus andre nye: {spelt(found)} {found.unit}.")
    _show_balance(found.balance)
    show_table(
        f"Perioder fra oppstart ({found.unit})",
        ("Periode", "Forskjell i vekst", "Brukere"),
        ((str(e.period), spelt(e), e.n_adopters) for e in found.event_study),
    )


def _show_counts(found: report.EffectB | report.EffectNewcomers) -> None:
    show_verdict(found.verdict, found.reasons, found.notes)
    if found.n_adopters is not None and found.n_matched is not None:
        console().print(
            f"{number(found.n_matched)} av {number(found.n_adopters)} brukere har noen å "
            f"sammenlignes med ({percent(found.share_matched)})."
        )


def _show_balance(rows: Iterable[report.BalanceRow]) -> None:
    show_table(
        "Likhet ved oppstart (standardavvik)",
        ("Kjennetegn", "Før matching", "Etter matching"),
        ((b.title, decimal(b.before, 2), decimal(b.after, 2)) for b in rows),
    )


def show_segments(found: report.EffectSegments) -> None:
    """A line a segment, then what may not be said and why."""
    show_table(
        "Effekt per gruppe (minutter per uke)",
        ("Gruppe", "Brukere", "Anslag", "Trukket mot snittet"),
        ((s.segment, s.n_adopters, spelt(s), _shrunken(s)) for s in found.segments),
    )
    for one in found.segments:
        console().print(f"{one.segment}: {VERDICTS[one.verdict].lower()}.")
        for reason in one.reasons:
            console().print(f"– {one.segment}: {reason}", soft_wrap=True)
    _show_notes(found.notes)
    if found.i_squared is not None and found.interaction_p is not None:
        console().print(
            f"Ulikhet mellom gruppene utover tilfeldigheter: {percent(found.i_squared)} "
            f"(p = {decimal(found.interaction_p, 3)})."
        )


def _shrunken(one: report.SegmentRow) -> str:
    return spelt(report.Figure(estimate=one.shrunken, interval=one.shrunken_interval))


def show_compare(found: report.EffectCompare) -> None:
    """Verdict, the difference, and the unadjusted one marked as descriptive."""
    show_verdict(found.verdict, found.reasons, found.notes)
    if found.estimate is None:
        return
    first, second = found.services
    console().print(f"{first} minus {second}: {spelt(found)} minutter per uke.")
    console().print(f"Ujustert forskjell, bare {found.crude_label}: {tenth(found.crude)}.")
    console().print(f"Placebo før oppstart: {spelt(found.placebo)} minutter per uke.")


def show_admission(found: report.EffectAdmission) -> None:
    """Verdict, hazard ratio and months at home."""
    show_verdict(found.verdict, found.reasons, found.notes)
    if found.hazard_ratio is not None and found.hazard_ratio_interval is not None:
        low, high = (decimal(v, 2) for v in found.hazard_ratio_interval)
        console().print(
            f"Hasardrate for innflytting: {decimal(found.hazard_ratio, 2)} ({low} til {high})."
        )
    for one in found.months_home:
        console().print(f"Flere måneder hjemme innen {one.within_months} måneder: {spelt(one)}.")


def show_series(found: report.EffectSeries) -> None:
    """A line a unit, then the reasons."""
    show_table(
        "Brudd per enhet (i seriens egen enhet)",
        ("Enhet", "Snitt etter", "Nivå", "Helling per måned"),
        ((s.unit, spelt(s), spelt(s.level), spelt(s.slope)) for s in found.units),
    )
    for one in found.units:
        console().print(f"{one.unit}: {VERDICTS[one.verdict].lower()}.")
        for reason in one.reasons:
            console().print(f"– {one.unit}: {reason}", soft_wrap=True)


def show_verdict(verdict: str, reasons: Iterable[str], notes: Iterable[str]) -> None:
    """What may be said, why not more, and what the data lack."""
    show_heading(VERDICTS[verdict], "")
    for reason in reasons:
        console().print(f"– {reason}", soft_wrap=True)
    _show_notes(notes)


def _show_notes(notes: Iterable[str]) -> None:
    for note in notes:
        console().print(f"Merk: {note}", soft_wrap=True)


def spelt(figure: report.Figure) -> str:
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
