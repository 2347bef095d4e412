"""Long stay in an institution."""

from vft.tables.services import Service

SERVICE = Service(
    code="LS",
    name="Langtidsopphold",
    short="langtidsopphold",
    order=150,
    technology=False,
)
