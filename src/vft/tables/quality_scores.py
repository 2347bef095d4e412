"""Quality as recipients, next of kin and staff see it."""

from vft.tables.schema import Column, Kind, Table, recipient

TABLE = Table(
    name="quality_scores",
    title="Kvalitetsskår",
    meaning="One answer on a scale from 1 to 6.",
    key=("score_id",),
    columns=(
        Column(name="score_id", kind=Kind.CODE, title="Svarnummer", required=True),
        recipient(required=False),
        Column(name="unit", kind=Kind.CODE, title="Enhet", refers_to="units.code"),
        Column(
            name="service", kind=Kind.CODE, title="Tjeneste", required=True, refers_to="services"
        ),
        Column(
            name="respondent",
            kind=Kind.CODE,
            title="Svarer",
            required=True,
            codes=("recipient", "next_of_kin", "staff"),
        ),
        Column(name="dimension", kind=Kind.CODE, title="Dimensjon", required=True),
        Column(name="scored_on", kind=Kind.DATE, title="Dato", required=True),
        Column(name="score", kind=Kind.INTEGER, title="Skår", required=True, minimum=1, maximum=6),
    ),
)
