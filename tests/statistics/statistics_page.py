"""Writes docs/methods/statistics.md: what every method made of planted truth, when, and of what.

Run by ``make stats``, or for some rows: ``python tests/statistics/statistics_page.py 500 A B``.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
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
«Annen modell» er en modell for seg, som ikke deler noe med den oppdiktede kommunens. Tabellen lages
av `make stats`, en verden om gangen. «Laget» sier når en linje ble trukket, og av hvilken
kodeversjon.

"""
_COLUMNS = (
    *("Metode og verden", "Trekninger", "Sannhet", "Skjevhet", "Dekker sannheten"),
    *("Finner effekt", "Placebo slår ut", "Utsagn", "Laget"),
)


def written(found: Iterable[dict[str, Summary]]) -> Iterator[dict[str, Summary]]:
    """The same worlds, each on the page as soon as it is drawn."""
    for world in found:
        write(world)
        yield world


def write(found: Mapping[str, Summary], *, page: Path = PAGE) -> None:
    """Put the rows on the page, each with date and commit; those of other names stay."""
    made = f"{datetime.now(UTC):%d.%m.%Y} {_head()}"
    rows = _rows(page) | {name: _line(name, summary, made) for name, summary in found.items()}
    head = [f"| {' | '.join(_COLUMNS)} |", f"|{'---|' * len(_COLUMNS)}"]
    known = [rows[name] for name in limits.MEASURED | limits.UNTUNED if name in rows]
    page.write_text(_HEAD + "\n".join([*head, *known]) + "\n", encoding="utf-8")


def _rows(page: Path) -> dict[str, str]:
    """The lines that are there, by name."""
    lines = page.read_text(encoding="utf-8").splitlines() if page.exists() else []
    return {line.split(" | ")[0].removeprefix("| "): line for line in lines if line[:2] == "| "}


def _head() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def _line(name: str, summary: Summary, made: str) -> str:
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
        made,
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
    for _ in written(limits.measure(sys.argv[2:], replications=int(sys.argv[1]))):
        pass
