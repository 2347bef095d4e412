"""Estimates as tables in the terminal, in bokmål."""

from collections.abc import Iterable

from vft.commands.terminal import console, show_heading, show_table
from vft.effects import report
from vft.tables.norwegian import decimal, number

_VERDICTS = {
    "refused": "Ingenting vises",
    "counts_only": "Bare antall vises",
    "indicative": "En antydning, ikke en påvist effekt",
    "causal": "Effekten kan tilskrives tjenesten",
}


def show_b(found: report.EffectB) -> None:
    """Verdict and reasons first, then the estimate, then what it rests on."""
    show_verdict(found.verdict, found.reasons, found.notes)
    if found.n_adopters is None or found.n_matched is None:
        return
    console().print(
        f"{number(found.n_matched)} av {number(found.n_adopters)} brukere har noen å "
        f"sammenlignes med ({percent(found.share_matched)})."
    )
    if found.estimate is None:
        return
    console().print(f"Effekt i periode 2–9 etter oppstart: {spelt(found)} minutter per uke.")
    console().print(f"Placebo før oppstart: {spelt(found.placebo)} minutter per uke.")
    show_table(
        "Likhet ved oppstart (standardavvik)",
        ("Kjennetegn", "Før matching", "Etter matching"),
        ((b.title, decimal(b.before, 2), decimal(b.after, 2)) for b in found.balance),
    )
    show_table(
        "Perioder fra oppstart (minutter per uke)",
        ("Periode", "Forskjell", "Brukere", "Brukt i matching"),
        ((str(e.period), spelt(e), e.n_adopters, e.used_in_matching) for e in found.event_study),
    )
    show_table(
        "Samme endring lest fra flere nullpunkter (minutter per uke)",
        ("Nullpunkt", "Før/etter uten kontroll", "Kontrollert"),
        (
            (f"periode {z.first_period} til {z.last_period}", tenth(z.before_after), spelt(z))
            for z in found.zero_points
        ),
    )


def show_verdict(verdict: str, reasons: Iterable[str], notes: Iterable[str]) -> None:
    """What may be said, why not more, and what the data lack."""
    show_heading(_VERDICTS[verdict], "")
    for reason in reasons:
        console().print(f"– {reason}", soft_wrap=True)
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
