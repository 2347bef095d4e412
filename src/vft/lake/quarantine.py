"""Which rows were refused, by which rule, said so that the sender can mend them.

The lake holds no raw row: those are in the vault. A value stands here only where it is a code that
many rows share, so that it can say what to mend and never whom it is about.
"""

from typing import TYPE_CHECKING

from vft import tables
from vft.lake.validate import says

if TYPE_CHECKING:
    import pyarrow as pa

    from vft.lake.writing import Change

NAME = "quarantine"
#: A value is shown when at least so many rows of the delivery share it. They may all be one
#: person's, so what it looks like is asked as well.
SHARED_BY = 5
#: How a code looks, and a name or an address never: short, in one word, no lower case. HANSEN is
#: such a word too, so there must be a digit in it, or one letter be all of it.
_CODE = r"[A-ZÆØÅ]|[A-ZÆØÅ0-9_.\-]{0,11}[0-9][A-ZÆØÅ0-9_.\-]{0,11}"
_LONGEST = 12
#: What is never in a shown value: so many letters that it may be a name with its year of birth; so
#: many digits, whatever parts them, that it may be a date, a telephone number or the half of an
#: identity number; or a date with fewer, 1.1.90.
_TELLING = r"[A-ZÆØÅ]{4}|([0-9][^0-9]*){6}|[0-9][_.\-][0-9]{1,2}[_.\-][0-9]{2}"


def schema() -> "pa.Schema":
    """One row a fault; a row of a file may have several."""
    import pyarrow as pa

    texts = ("table", "rule", "column", "says", "value")
    numbers = [pa.field("delivery", pa.int64()), pa.field("row", pa.int64())]
    return pa.schema([*numbers, *(pa.field(name, pa.string()) for name in texts)])


def record(change: "Change", faults: "pa.Table", *, delivery: int) -> None:
    """Note the faults of a delivery (``vft.sources.faults.SCHEMA``)."""
    if not faults.num_rows:
        return
    change.connection.register("faults", faults)
    change.connection.register("sentences", _sentences(faults))
    shown = f"""
        count(DISTINCT f.row) OVER (PARTITION BY f."table", f.rule, f."column", f.value)
            >= {SHARED_BY} AND regexp_full_match(f.value, '{_CODE}')
            AND length(f.value) <= {_LONGEST} AND NOT regexp_matches(f.value, '{_TELLING}')
    """
    rows = f"""
        SELECT {delivery:d}::BIGINT AS delivery, f.row, f."table", f.rule, f."column", s.says,
            CASE WHEN s.is_code AND {shown} THEN f.value END AS value
        FROM faults AS f JOIN sentences AS s USING ("table", rule, "column")
    """
    change.append(NAME, rows, months=[])


def lacked_units(change: "Change", *, delivery: int) -> bool:
    """Whether rows of a delivery were refused because the lake did not know their unit."""
    sql = f"SELECT 1 FROM ({change.select(NAME)}) WHERE delivery = ? AND rule = 'unknown_unit'"
    return change.connection.execute(f"{sql} LIMIT 1", [delivery]).fetchone() is not None


def _sentences(faults: "pa.Table") -> "pa.Table":
    """What to say of each kind of fault, and whether its column holds codes of a list."""
    import pyarrow as pa

    kinds = faults.group_by(["table", "rule", "column"]).aggregate([]).to_pylist()
    for kind in kinds:
        contract = tables.ALL.get(kind["table"])
        column = contract.column.get(kind["column"]) if contract else None
        kind["says"] = says(contract, kind["rule"])
        kind["is_code"] = bool(column and (column.codes or column.refers_to))
    return pa.Table.from_pylist(kinds)
