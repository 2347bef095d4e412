"""Safety alarm."""

from vft.tables.services import Service

SERVICE = Service(
    code="TA",
    name="Trygghetsalarm",
    short="trygghetsalarm",
    order=10,
    technology=True,
    kpr="6",
    vkp="TA",
)
