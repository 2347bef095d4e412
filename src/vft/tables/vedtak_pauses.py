"""Pauses in a service, for instance travel."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, starts_on

TABLE = Table(
    name="vedtak_pauses",
    title="Pauser i vedtak",
    meaning="The vedtak is valid but the service rests during the interval.",
    key=("vedtak_id", "starts_on"),
    columns=(
        Column(name="vedtak_id", kind=Kind.CODE, title="Vedtaksnummer", required=True),
        starts_on(),
        ends_on(),
        Column(
            name="reason",
            kind=Kind.CODE,
            title="Årsak",
            codes=("travel", "hospital", "stay", "own_wish", "other"),
        ),
    ),
    rules=(ENDS_AFTER_START,),
)
