"""Function scores of an assessment, one row an item."""

from vft.tables.schema import Column, Kind, Rule, Table, recipient

TABLE = Table(
    name="function_scores",
    title="Funksjonsskår",
    meaning="A score 1–5 of one of the 20 IPLOS items; 9 is not relevant.",
    key=("recipient_id", "assessed_on", "item"),
    columns=(
        recipient(),
        Column(name="assessed_on", kind=Kind.DATE, title="Kartlagt dato", required=True),
        Column(name="item", kind=Kind.CODE, title="Variabel", required=True),
        Column(name="score", kind=Kind.INTEGER, title="Skår", required=True, minimum=1, maximum=9),
    ),
    rules=(
        Rule(
            id="score_out_of_range",
            says="Skår skal være 1–5, eller 9 for ikke relevant.",
            holds=lambda t: (t.score <= 5) | (t.score == 9),
            column="score",
        ),
    ),
)
