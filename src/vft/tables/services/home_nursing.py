"""Home nursing."""

from vft.tables.services import Service

SERVICE = Service(
    code="HN",
    name="Helsetjenester i hjemmet",
    short="hjemmesykepleie",
    order=110,
    technology=False,
    home_care=True,
    kpr="15",
)
