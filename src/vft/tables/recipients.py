"""The tjenestemottakere."""

from vft.tables.schema import Column, Kind, Table, recipient

TABLE = Table(
    name="recipients",
    title="Tjenestemottakere",
    meaning=(
        "A person who receives or has received services. Identity and name are elsewhere "
        "(identities)."
    ),
    key=("recipient_id",),
    columns=(
        recipient(),
        Column(
            name="birth_year",
            kind=Kind.INTEGER,
            title="Fødselsår",
            required=True,
            minimum=1900,
            maximum=2100,
        ),
        Column(name="sex", kind=Kind.CODE, title="Kjønn", codes=("female", "male")),
        Column(
            name="household",
            kind=Kind.CODE,
            title="Husstand",
            codes=("alone", "with_others", "with_parents"),
        ),
        Column(name="died_on", kind=Kind.DATE, title="Død dato"),
        Column(name="moved_out_on", kind=Kind.DATE, title="Flyttet ut dato"),
    ),
)
