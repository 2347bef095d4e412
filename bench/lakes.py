"""The states of one municipality that questions are asked of; what they share is on disk once."""

from collections.abc import Iterable
from pathlib import Path

from bench import calendars, inputs
from bench.data import write
from bench.questions import ALL, QUESTIONS

#: Whether a fact of the panel is asked for, and of what span → the lake that it is asked of.
_ASKED = {
    (True, "full"): "raw",
    (True, "month"): "changed",
    (False, "full"): "settled",
    (False, "month"): "refreshed",
}


def asked_of(question: str, span: str) -> str:
    """The lake of a question.

    ``raw``: nothing is computed; ``settled``: the panel is; ``changed``: as settled, and a late
    delivery then changed a month; ``refreshed``: as changed, and the panel followed.
    """
    return _ASKED[ALL[question].is_fact, span]


def months_of(question: str, span: str) -> tuple[str, ...]:
    """The months asked for. Of a fact those that events of the changed month may change."""
    if span == "full":
        return tuple(write.MONTHS)
    asked = ALL[question]
    steps = {0}
    if asked.is_fact:
        steps = {n for e in asked.events for n in range(-e.look_ahead, e.look_back + 1)} or {0}
    reached = {calendars.shift(write.CHANGED_MONTH, step) for step in steps}
    return tuple(sorted(reached & set(write.MONTHS)))


def make(folder: Path, rows: int) -> None:
    """Make all four, with about ``rows`` events. Effect: new folders by the lakes' names."""
    write.write(folder / "raw", rows)
    others(folder)


def others(folder: Path) -> None:
    """Make the other three from the raw one."""
    inputs.linked(folder / "raw", folder / "settled")
    _settle(folder / "settled", _facts())
    inputs.linked(folder / "settled", folder / "changed")
    write.change_month(folder / "changed")
    inputs.linked(folder / "changed", folder / "refreshed")
    _settle(folder / "refreshed", _facts())


def _facts() -> Iterable[str]:
    return (question.name for question in QUESTIONS.values() if question.is_fact)


def _settle(lake: Path, facts: Iterable[str]) -> None:
    from bench.peers import vft_

    for fact in facts:
        vft_.settle(lake, fact)
