"""Practical help with daily tasks."""

from vft.tables.services import Service

SERVICE = Service(
    code="PH",
    name="Praktisk bistand",
    short="praktisk bistand",
    order=120,
    technology=False,
    home_care=True,
    kpr="1",
)
