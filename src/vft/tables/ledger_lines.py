"""The accounts, by KOSTRA function and art."""

from vft.tables.schema import Column, Kind, Table

TABLE = Table(
    name="ledger_lines",
    title="Regnskap",
    meaning="An amount booked or budgeted on a unit, function and art in a month.",
    key=("line_id",),
    columns=(
        Column(name="line_id", kind=Kind.CODE, title="Bilagslinje", required=True),
        Column(name="unit", kind=Kind.CODE, title="Enhet", required=True, refers_to="units.code"),
        Column(name="function", kind=Kind.CODE, title="Funksjon (KOSTRA)", required=True),
        Column(name="art", kind=Kind.CODE, title="Art (KOSTRA)", required=True),
        Column(name="booked_on", kind=Kind.DATE, title="Bokført dato", required=True),
        Column(
            name="kind", kind=Kind.CODE, title="Type", required=True, codes=("actual", "budget")
        ),
        Column(name="amount", kind=Kind.DECIMAL, title="Beløp (kr)", required=True),
    ),
)
