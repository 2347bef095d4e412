"""The rows behind the figures of one month, on tables in memory."""

import visible

from vft.indicators.frame import framed
from vft.panel.facts import FACTS
from vft.tables import period


def rows_behind(indicator, tables, *, month, today):
    """What ``behind`` gives, as dictionaries."""
    engine = visible.InMemory(tables)
    events = ("visits", "device_events", "responses")
    told = [month for name in events for month in tables[name]["month"].to_pylist()] or [month]
    months = period.months_between(min(told), max(told))
    facts = {fact.name: engine.arrow(fact.of(engine, months)) for fact in FACTS}
    engine = visible.InMemory(tables | facts)
    changed_on = sorted(set(tables["unit_successions"]["changed_on"].to_pylist()))
    frame = framed(
        engine, months=[month], changed_on=changed_on, today=today, settle=engine.settled
    )
    return engine.arrow(indicator.behind(frame)).to_pylist()
