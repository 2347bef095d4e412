"""The organisation: municipality, district, part-district, each for as long as it existed."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, starts_on

TABLE = Table(
    name="units",
    title="Organisatoriske enheter",
    version=2,
    meaning=(
        "A unit under its parent during an interval; a unit that changes parent has a new row. "
        "A code is of one level only, at all times."
    ),
    key=("code", "starts_on"),
    columns=(
        Column(name="code", kind=Kind.CODE, title="Kode", required=True),
        Column(name="name", kind=Kind.TEXT, title="Navn", required=True),
        Column(
            name="level",
            kind=Kind.CODE,
            title="Nivå",
            required=True,
            codes=("municipality", "district", "part_district"),
        ),
        # the municipality's own word for the level: krins, distrikt, sone
        Column(name="level_name", kind=Kind.TEXT, title="Nivåets navn i kommunen"),
        Column(name="parent", kind=Kind.CODE, title="Overordnet enhet"),
        starts_on(),
        ends_on(),
    ),
    rules=(ENDS_AFTER_START,),
)
