"""Groupings beside the geography: hospital sectors, clusters, regions, teams."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, starts_on

TABLE = Table(
    name="groupings",
    title="Grupperinger",
    meaning=(
        "A unit belongs to a group of a grouping during an interval; a part-district's own row "
        "goes before its district's."
    ),
    key=("grouping", "unit", "starts_on"),
    columns=(
        Column(name="grouping", kind=Kind.CODE, title="Gruppering", required=True),
        Column(name="grouping_name", kind=Kind.TEXT, title="Grupperingens navn", required=True),
        Column(name="group", kind=Kind.CODE, title="Gruppe", required=True),
        Column(name="group_name", kind=Kind.TEXT, title="Gruppens navn", required=True),
        Column(name="unit", kind=Kind.CODE, title="Enhet", required=True, refers_to="units.code"),
        starts_on(),
        ends_on(),
    ),
    rules=(ENDS_AFTER_START,),
)
