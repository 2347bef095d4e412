"""Episodes of hverdagsrehabilitering, in which visits fall anyway."""

from vft.tables.schema import ENDS_AFTER_START, Table, ends_on, recipient, starts_on

TABLE = Table(
    name="reablement",
    title="Hverdagsrehabilitering",
    meaning="A reablement episode of a recipient, usually four to eight weeks.",
    key=("recipient_id", "starts_on"),
    columns=(
        recipient(),
        starts_on(),
        ends_on(),
    ),
    rules=(ENDS_AFTER_START,),
)
