"""Keys that distribute money or targets over districts, FO3 among them."""

from vft.tables.schema import Column, Kind, Table

TABLE = Table(
    name="distribution_keys",
    title="Fordelingsnøkler",
    meaning="A unit's share, in percent, of a key in a year.",
    key=("key", "year", "unit"),
    columns=(
        Column(name="key", kind=Kind.CODE, title="Nøkkel", required=True),
        Column(
            name="year", kind=Kind.INTEGER, title="År", required=True, minimum=1900, maximum=2100
        ),
        Column(name="unit", kind=Kind.CODE, title="Enhet", required=True, refers_to="units.code"),
        Column(
            name="share",
            kind=Kind.DECIMAL,
            title="Andel (%)",
            required=True,
            minimum=0,
            maximum=100,
        ),
    ),
)
