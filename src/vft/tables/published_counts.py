"""Counts that others have published: reference points beside our own."""

from vft.tables.schema import Column, Kind, Table

TABLE = Table(
    name="published_counts",
    title="Publiserte tall",
    meaning="A published figure for a unit, service and day, with where it was published.",
    key=("level", "unit", "service", "measure", "counted_on"),
    columns=(
        Column(
            name="level",
            kind=Kind.CODE,
            title="Nivå",
            required=True,
            codes=("national", "municipality", "district"),
        ),
        Column(name="unit", kind=Kind.TEXT, title="Enhet", required=True),
        Column(name="service", kind=Kind.CODE, title="Tjeneste", required=True),
        Column(name="measure", kind=Kind.CODE, title="Hva som er talt", required=True),
        Column(name="counted_on", kind=Kind.DATE, title="Dato", required=True),
        Column(name="value", kind=Kind.INTEGER, title="Antall", required=True, minimum=0),
        Column(name="origin", kind=Kind.TEXT, title="Kilde", required=True),
    ),
)
