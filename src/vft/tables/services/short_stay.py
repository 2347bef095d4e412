"""Short stay in an institution."""

from vft.tables.services import Service

SERVICE = Service(
    code="SS",
    name="Korttidsopphold",
    short="korttidsopphold",
    order=140,
    technology=False,
)
