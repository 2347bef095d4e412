"""The equipment itself, wherever it is."""

from vft.tables.schema import Column, Kind, Table

TABLE = Table(
    name="devices",
    title="Enheter (utstyr)",
    meaning="One device. One that is owned and assigned to nobody is in stock.",
    key=("device_id",),
    columns=(
        Column(name="device_id", kind=Kind.CODE, title="Enhetens id", required=True),
        Column(
            name="service", kind=Kind.CODE, title="Tjeneste", required=True, refers_to="services"
        ),
        Column(name="product", kind=Kind.TEXT, title="Produkt", required=True),
        Column(name="supplier", kind=Kind.TEXT, title="Leverandør", required=True),
        Column(name="serial", kind=Kind.CODE, title="Serienummer"),
        Column(name="acquired_on", kind=Kind.DATE, title="Anskaffet dato"),
        Column(name="retired_on", kind=Kind.DATE, title="Utrangert dato"),
    ),
)
