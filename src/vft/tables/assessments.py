"""Assessments of need (IPLOS)."""

from vft.tables.schema import Column, Kind, Table, recipient

TABLE = Table(
    name="assessments",
    title="Kartlegginger",
    meaning="One assessment of a recipient on a day; need_group as the source gives it.",
    key=("recipient_id", "assessed_on"),
    columns=(
        recipient(),
        Column(name="assessed_on", kind=Kind.DATE, title="Kartlagt dato", required=True),
        Column(
            name="need_group",
            kind=Kind.CODE,
            title="Bistandsbehov",
            codes=("low", "medium", "high"),
            meaning="samlemål: noe/avgrenset, middels til stort, omfattende",
        ),
    ),
)
