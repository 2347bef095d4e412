"""How many live in a unit, counted and projected."""

from vft.tables.schema import Column, Kind, Table

TABLE = Table(
    name="population",
    title="Folkemengde",
    meaning=(
        "Persons by unit, year, age and sex; variant is the projection's, counted where it is no "
        "projection."
    ),
    key=("unit", "year", "age", "sex", "variant"),
    columns=(
        Column(name="unit", kind=Kind.CODE, title="Enhet", required=True, refers_to="units.code"),
        Column(
            name="year", kind=Kind.INTEGER, title="År", required=True, minimum=1900, maximum=2100
        ),
        Column(name="age", kind=Kind.INTEGER, title="Alder", required=True, minimum=0, maximum=120),
        Column(name="sex", kind=Kind.CODE, title="Kjønn", required=True, codes=("female", "male")),
        Column(
            name="variant",
            kind=Kind.CODE,
            title="Variant",
            required=True,
            codes=("counted", "MMMM", "LLML", "HHMH"),
        ),
        Column(name="persons", kind=Kind.INTEGER, title="Personer", required=True, minimum=0),
    ),
)
