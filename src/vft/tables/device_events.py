"""What devices report, in the vocabulary of VKP."""

from vft.tables.schema import Column, Kind, Table

TABLE = Table(
    name="device_events",
    title="Hendelser fra utstyr",
    meaning=(
        "One alert, dispense or measurement. code is of the VKP code system that vocabulary "
        "names. A test or a technical alert is kept and marked."
    ),
    key=("event_id",),
    happened=("occurred_at",),
    columns=(
        Column(name="event_id", kind=Kind.CODE, title="Hendelsens id", required=True),
        Column(name="device_id", kind=Kind.CODE, title="Enhetens id", required=True),
        Column(name="occurred_at", kind=Kind.INSTANT, title="Tidspunkt", required=True),
        Column(
            name="vocabulary",
            kind=Kind.CODE,
            title="Kodeverk",
            required=True,
            codes=("alert", "dispense", "measurement"),
        ),
        Column(name="code", kind=Kind.CODE, title="Kode", required=True),
        Column(name="test", kind=Kind.BOOLEAN, title="Test"),
        Column(name="technical", kind=Kind.BOOLEAN, title="Teknisk"),
    ),
)
