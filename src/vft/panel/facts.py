"""Every fact of the panel."""

from vft.panel import events, services, visits
from vft.panel.fact import Fact

FACTS: tuple[Fact, ...] = (visits.FACT, services.FACT, events.FACT)
