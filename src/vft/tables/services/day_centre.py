"""Day activity."""

from vft.tables.services import Service

SERVICE = Service(
    code="DC",
    name="Dagaktivitet",
    short="dagaktivitet",
    order=130,
    technology=False,
    kpr="4",
)
