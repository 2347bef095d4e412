"""Who the pseudonyms are. The one contract that the lake never holds."""

from vft.tables.schema import Column, Home, Kind, Table, recipient

TABLE = Table(
    name="identities",
    title="Identiteter",
    meaning=(
        "Name of a recipient, for those with a professional need (Nova); kept encrypted in the "
        "application database."
    ),
    key=("recipient_id",),
    home=Home.APPLICATION,
    columns=(
        recipient(),
        Column(name="given_name", kind=Kind.TEXT, title="Fornavn"),
        Column(name="family_name", kind=Kind.TEXT, title="Etternavn"),
        Column(name="address_blocked", kind=Kind.BOOLEAN, title="Adressesperre"),
    ),
)
