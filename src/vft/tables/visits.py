"""Visits by the home-care services, planned and executed."""

from vft.tables.schema import Column, Kind, Table, recipient

TABLE = Table(
    name="visits",
    title="Besøk",
    meaning="One visit. minutes are executed minutes with the recipient; travel is apart.",
    key=("visit_id",),
    happened=("started_at", "planned_at"),
    columns=(
        Column(name="visit_id", kind=Kind.CODE, title="Oppdragsnummer", required=True),
        recipient(),
        Column(
            name="kind",
            kind=Kind.CODE,
            title="Type",
            required=True,
            codes=(
                "medication",
                "nursing",
                "practical_help",
                "supervision_day",
                "supervision_night",
                "alarm_callout",
                "other",
            ),
        ),
        Column(name="team", kind=Kind.CODE, title="Team"),
        Column(name="planned", kind=Kind.BOOLEAN, title="Planlagt"),
        Column(name="planned_at", kind=Kind.INSTANT, title="Planlagt start"),
        Column(
            name="planned_minutes",
            kind=Kind.INTEGER,
            title="Planlagte minutter",
            minimum=0,
            maximum=1440,
        ),
        Column(name="started_at", kind=Kind.INSTANT, title="Utført start"),
        Column(
            name="minutes", kind=Kind.INTEGER, title="Utførte minutter", minimum=0, maximum=1440
        ),
        Column(
            name="travel_minutes", kind=Kind.INTEGER, title="Reiseminutter", minimum=0, maximum=600
        ),
        Column(name="travel_km", kind=Kind.DECIMAL, title="Reise (km)", minimum=0, maximum=1000),
        Column(
            name="status",
            kind=Kind.CODE,
            title="Status",
            required=True,
            codes=("executed", "cancelled", "not_home"),
        ),
    ),
)
