"""What things cost. No kroner without a dated, sourced price."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, starts_on

TABLE = Table(
    name="unit_prices",
    title="Enhetspriser",
    meaning=(
        "The price of one unit of something during an interval. hour_definition: of a paid hour "
        "or of an hour with the recipient."
    ),
    key=("price", "time_of_day", "starts_on"),
    columns=(
        Column(name="price", kind=Kind.CODE, title="Pris", required=True),
        Column(name="title", kind=Kind.TEXT, title="Navn", required=True),
        Column(name="value", kind=Kind.DECIMAL, title="Beløp (kr)", required=True),
        Column(
            name="per",
            kind=Kind.CODE,
            title="Per",
            required=True,
            codes=("hour", "visit", "km", "day", "month", "item"),
        ),
        Column(
            name="hour_definition", kind=Kind.CODE, title="Timebegrep", codes=("paid", "direct")
        ),
        Column(
            name="time_of_day",
            kind=Kind.CODE,
            title="Tid på døgnet",
            required=True,
            codes=("any", "day", "evening", "night", "weekend"),
        ),
        Column(
            name="price_year",
            kind=Kind.INTEGER,
            title="Prisår",
            required=True,
            minimum=1990,
            maximum=2100,
        ),
        starts_on(),
        ends_on(),
        Column(name="origin", kind=Kind.TEXT, title="Kilde", required=True),
        Column(name="owner", kind=Kind.TEXT, title="Eier", required=True),
    ),
    rules=(ENDS_AFTER_START,),
)
