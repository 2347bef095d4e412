"""Lines of suppliers' invoices."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, starts_on

TABLE = Table(
    name="invoice_lines",
    title="Fakturalinjer",
    meaning=(
        "What a supplier charged for, for an interval, down to the device where the invoice says "
        "so."
    ),
    key=("invoice_line_id",),
    columns=(
        Column(name="invoice_line_id", kind=Kind.CODE, title="Fakturalinje", required=True),
        Column(name="supplier", kind=Kind.TEXT, title="Leverandør", required=True),
        Column(name="contract_id", kind=Kind.CODE, title="Avtalenummer"),
        Column(name="device_id", kind=Kind.CODE, title="Enhetens id"),
        Column(name="service", kind=Kind.CODE, title="Tjeneste", refers_to="services"),
        Column(name="unit", kind=Kind.CODE, title="Enhet", refers_to="units.code"),
        starts_on(),
        ends_on(),
        Column(name="quantity", kind=Kind.DECIMAL, title="Antall"),
        Column(name="amount", kind=Kind.DECIMAL, title="Beløp (kr)", required=True),
    ),
    rules=(ENDS_AFTER_START,),
)
