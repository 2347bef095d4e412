"""Every fact of the panel."""

from vft.panel import events, responses, services, starts, visits
from vft.panel.fact import Fact

FACTS: tuple[Fact, ...] = (visits.FACT, services.FACT, events.FACT, responses.FACT, starts.FACT)
