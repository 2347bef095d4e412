"""Digital medication support: dispensers."""

from vft.tables.services import Service

SERVICE = Service(
    code="DMS",
    name="Digital medisineringsstøtte",
    short="medisineringsstøtte",
    order=30,
    technology=True,
    kpr="27",
    vkp="MD",
)
