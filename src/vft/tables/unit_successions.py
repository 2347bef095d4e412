"""What became of a unit: merges, splits, moves and renamings."""

from vft.tables.schema import Column, Kind, Table

TABLE = Table(
    name="unit_successions",
    title="Enhetsendringer",
    meaning=(
        "From changed_on the predecessor's recipients belong to the successor; a split has "
        "several rows."
    ),
    key=("predecessor", "successor", "changed_on"),
    columns=(
        Column(name="predecessor", kind=Kind.CODE, title="Tidligere enhet", required=True),
        Column(name="successor", kind=Kind.CODE, title="Ny enhet", required=True),
        Column(name="changed_on", kind=Kind.DATE, title="Endret dato", required=True),
        Column(
            name="kind",
            kind=Kind.CODE,
            title="Endring",
            required=True,
            codes=("merge", "split", "move", "rename"),
        ),
    ),
)
