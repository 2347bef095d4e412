"""How the response service handled what it received."""

from vft.tables.schema import Column, Kind, Rule, Table, recipient

TABLE = Table(
    name="responses",
    title="Responshåndtering",
    meaning="One case at the response service, from received to closed.",
    key=("response_id",),
    happened=("received_at",),
    columns=(
        Column(name="response_id", kind=Kind.CODE, title="Saksnummer", required=True),
        Column(name="device_id", kind=Kind.CODE, title="Enhetens id"),
        recipient(required=False),
        Column(name="received_at", kind=Kind.INSTANT, title="Mottatt", required=True),
        Column(name="answered_at", kind=Kind.INSTANT, title="Besvart"),
        Column(name="dispatched_at", kind=Kind.INSTANT, title="Utrykning sendt"),
        Column(name="closed_at", kind=Kind.INSTANT, title="Avsluttet"),
        Column(
            name="outcome",
            kind=Kind.CODE,
            title="Utfall",
            codes=("clarified", "forwarded", "callout", "test", "technical", "no_answer"),
        ),
    ),
    rules=(
        Rule(
            id="answered_before_received",
            says="Saken er besvart før den ble mottatt.",
            holds=lambda t: t.answered_at >= t.received_at,
            column="answered_at",
        ),
    ),
)
