"""Decisions on services, technology among them."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, recipient, starts_on

TABLE = Table(
    name="vedtak",
    title="Vedtak",
    meaning=(
        "One decision that grants or refuses a recipient one service. considered_technology: was "
        "technology considered at allocation, and with what outcome."
    ),
    key=("vedtak_id",),
    columns=(
        Column(name="vedtak_id", kind=Kind.CODE, title="Vedtaksnummer", required=True),
        recipient(),
        Column(
            name="service", kind=Kind.CODE, title="Tjeneste", required=True, refers_to="services"
        ),
        Column(name="unit", kind=Kind.CODE, title="Ansvarlig enhet", refers_to="units.code"),
        Column(name="decided_on", kind=Kind.DATE, title="Vedtaksdato"),
        starts_on(),
        ends_on(),
        Column(
            name="hours_per_week", kind=Kind.DECIMAL, title="Timer per uke", minimum=0, maximum=168
        ),
        Column(
            name="status",
            kind=Kind.CODE,
            title="Status",
            required=True,
            codes=("granted", "refused", "withdrawn"),
        ),
        Column(
            name="end_reason",
            kind=Kind.CODE,
            title="Sluttårsak",
            codes=(
                "dead",
                "institution",
                "moved",
                "not_needed",
                "not_suitable",
                "own_wish",
                "replaced",
                "other",
            ),
        ),
        Column(
            name="considered_technology",
            kind=Kind.CODE,
            title="Vurdert VFT",
            codes=("granted", "unsuitable", "declined", "not_considered"),
        ),
        Column(name="considered_reason", kind=Kind.TEXT, title="Begrunnelse"),
    ),
    rules=(ENDS_AFTER_START,),
)
