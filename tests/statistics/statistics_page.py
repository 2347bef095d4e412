"""Writes docs/methods/statistics.md: what every method made of planted truth, when, and of what.

Run by ``make stats``, or by itself: ``python tests/statistics/statistics_page.py 500``.
"""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import limits
from replications import Figure, Summary

PAGE = Path(__file__).parents[2] / "docs/methods/statistics.md"
_HEAD = """# Metodene prøvd mot plantet sannhet

Den oppdiktede kommunens modell gir både det som skjedde og det som ville skjedd uten tjenesten, så
sannheten er kjent nøyaktig. Hver linje er en metode i en verden, trukket mange ganger med frø som
var bestemt på forhånd (fra 20 000 og oppover). Tallene i klammer er Monte Carlo-intervaller, 95 %.
Minutter per uke; for totale ressurser kroner per uke, for sykehjem logaritmen av hasardraten.
Tabellen lages av `make stats`.

{when}

"""
_COLUMNS = (
    *("Metode og verden", "Trekninger", "Sannhet", "Skjevhet", "Dekker sannheten"),
    *("Finner effekt", "Placebo slår ut", "Utsagn"),
)


def write(found: dict[str, Summary], *, commit: str | None = None) -> None:
    """The page, with date and commit. ``commit``: where it was drawn by another than this one."""
    when = f"Laget {datetime.now(UTC):%d.%m.%Y} av kodeversjon {commit or _head()}."
    head = [f"| {' | '.join(_COLUMNS)} |", f"|{'---|' * len(_COLUMNS)}"]
    lines = "\n".join([*head, *(_line(name, summary) for name, summary in found.items())])
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(_HEAD.format(when=when) + lines + "\n", encoding="utf-8")


def _head() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def _line(name: str, summary: Summary) -> str:
    ones = summary.ones
    cells = [
        name,
        str(len(ones)),
        _spelt(summary.truth),
        _figure(summary.bias) if summary.estimated else "–",
        _share(summary.coverage) if summary.estimated else "–",
        _share(summary.rejects) if summary.estimated else "–",
        _share(summary.placebo) if any(one.placebo is not None for one in ones) else "–",
        _verdicts(summary),
    ]
    return f"| {' | '.join(cells)} |"


def _verdicts(summary: Summary) -> str:
    kinds = sorted({one.verdict for one in summary.ones if one.verdict})
    return ", ".join(f"{kind} {summary.verdict(kind).value * 100:.0f} %" for kind in kinds) or "–"


def _figure(found: Figure) -> str:
    return f"{_spelt(found.value)} [{_spelt(found.low)}; {_spelt(found.high)}]"


def _share(found: Figure) -> str:
    low, high = (f"{value * 100:.1f}".replace(".", ",") for value in (found.low, found.high))
    return f"{found.value * 100:.1f} % [{low}; {high}]".replace(".", ",")


def _spelt(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")


if __name__ == "__main__":
    counts = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    write(
        limits.measure(limits.MEASURED, replications=counts)
        | limits.measure(limits.UNTUNED, replications=counts // 5)
    )
