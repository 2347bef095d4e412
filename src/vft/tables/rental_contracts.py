"""Contracts for rented equipment."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, starts_on

TABLE = Table(
    name="rental_contracts",
    title="Leieavtaler",
    meaning="The municipality rents devices of a product at a monthly price during the interval.",
    key=("contract_id",),
    columns=(
        Column(name="contract_id", kind=Kind.CODE, title="Avtalenummer", required=True),
        Column(name="supplier", kind=Kind.TEXT, title="Leverandør", required=True),
        Column(name="product", kind=Kind.TEXT, title="Produkt"),
        Column(
            name="service", kind=Kind.CODE, title="Tjeneste", required=True, refers_to="services"
        ),
        Column(name="unit", kind=Kind.CODE, title="Enhet", refers_to="units.code"),
        Column(name="monthly_price", kind=Kind.DECIMAL, title="Månedspris (kr)", minimum=0),
        starts_on(),
        ends_on(),
    ),
    rules=(ENDS_AFTER_START,),
)
