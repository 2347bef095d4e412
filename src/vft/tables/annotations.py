"""Known breaks, dated, that every chart shows."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, starts_on

TABLE = Table(
    name="annotations",
    title="Merknader",
    meaning="Something that happened and that a reader of the figures must know.",
    key=("annotation_id",),
    columns=(
        Column(name="annotation_id", kind=Kind.CODE, title="Nummer", required=True),
        starts_on(),
        ends_on(),
        Column(name="unit", kind=Kind.CODE, title="Enhet", refers_to="units.code"),
        Column(name="service", kind=Kind.CODE, title="Tjeneste", refers_to="services"),
        Column(name="text", kind=Kind.TEXT, title="Tekst", required=True),
    ),
    rules=(ENDS_AFTER_START,),
)
