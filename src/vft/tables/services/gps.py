"""Locating technology, the outdoor alarm with GPS among it."""

from vft.tables.services import Service

SERVICE = Service(
    code="GPS",
    name="Lokaliseringsteknologi (GPS)",
    short="GPS",
    order=20,
    technology=True,
    kpr="26",
    vkp="GPS",
)
