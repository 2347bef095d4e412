"""Digital supervision by sensor or camera."""

from vft.tables.services import Service

SERVICE = Service(
    code="DT",
    name="Digitalt tilsyn",
    short="digitalt tilsyn",
    order=40,
    technology=True,
    kpr="28",
    vkp="DT",
)
