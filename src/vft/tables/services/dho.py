"""Digital home follow-up with own measurements."""

from vft.tables.services import Service

SERVICE = Service(
    code="DHO",
    name="Digital hjemmeoppfølging",
    short="hjemmeoppfølging",
    order=50,
    technology=True,
    vkp="DHO",
)
