"""Keep the panel up to date: only months that changed, each whole, all facts at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ibis

from vft.lake.lake import Lake
from vft.lake.on_duckdb import MEMORY_LIMIT, DuckDB
from vft.lake.writing import Change, writing
from vft.panel.fact import Fact
from vft.panel.facts import FACTS
from vft.panel.stale import stale

#: Months computed in one go: bounds memory, since no group of rows reaches past its month.
_AT_ONCE = 12

#: Told after each piece of work: months done, months to do.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Refreshed:
    """What a refresh did. ``months``: fact → months computed; ``number``: manifest now."""

    number: int
    months: Mapping[str, Sequence[str]]


def refresh(
    lake: Lake,
    *,
    on_progress: Progress | None = None,
    memory_limit: str = MEMORY_LIMIT,
    facts: Sequence[Fact] = FACTS,
) -> Refreshed:
    """Compute again the months whose inputs changed; readers see all of it or nothing.

    The result is the same as that of computing everything from nothing.

    Raises:
        LakeError: the lake is held by another writer.
    """
    with writing(lake, reason="panelet er oppdatert", memory_limit=memory_limit) as change:
        engine = DuckDB(
            lake, change.base, memory_limit=memory_limit, temp_folder=change.scratch / "panel"
        )
        try:
            done = _bring_up_to_date(change, engine, facts, on_progress or _nobody)
        finally:
            engine.close()
    return Refreshed(number=change.number if done else change.base.number, months=done)


def _bring_up_to_date(
    change: Change, engine: DuckDB, facts: Sequence[Fact], on_progress: Progress
) -> dict[str, list[str]]:
    found = [(fact, work) for fact in facts if (work := stale(engine, fact)) is not None]
    total, done = sum(len(work.months) for _, work in found), 0
    for fact, work in found:
        spans = [
            ibis.memtable(
                work.spans[s] if s in work.spans else engine.arrow(s.compute(engine.table))
            )
            for s in fact.spans
        ]
        for months in _pieces(work.months):
            rows = fact.compute(engine.table, spans, work.computed(months))
            change.replace_months(fact.name, months, rows)
            done += len(months)
            on_progress(done, total)
        change.derived(fact.name, computed_from=change.base.number)
    return {fact.name: work.months for fact, work in found}


def _pieces(months: Sequence[str]) -> Iterator[Sequence[str]]:
    # a fact without any month is written too, so that its table is there
    for start in range(0, max(len(months), 1), _AT_ONCE):
        yield months[start : start + _AT_ONCE]


def _nobody(done: int, total: int) -> None:
    """Nobody wants to be told."""
