"""Rows against the contract: its rules, the units it names, and that events have a time.

What could not be read at all was found by the source; here a row makes sense on its own or not.
Units are looked at together: their codes stand alone on screens, so a code is of one level only.
"""

from typing import TYPE_CHECKING, Any

from vft.sources import faults
from vft.sources.faults import SAYS as READING_SAYS
from vft.tables.schema import Table

if TYPE_CHECKING:
    import pyarrow as pa

SAYS: dict[str, str] = {
    "unknown_unit": "Enheten finnes ikke i enhetsregisteret. Lever enhetene først.",
    "other_level": "Koden er allerede brukt på et annet nivå. En kode hører til ett nivå.",
    "no_time": "Raden har ikke noe tidspunkt for når hendelsen skjedde.",
    "duplicate": "Raden er en nøyaktig kopi av en annen rad i filen.",
    "superseded": "En senere rad i filen har samme nøkkel og gjelder i stedet.",
}


def says(contract: Table | None, rule: str) -> str:
    """What a rule says to the one who can mend the row, in bokmål."""
    own = {r.id: r.says for r in contract.rules} if contract else {}
    return own.get(rule) or SAYS.get(rule) or READING_SAYS[rule]


class Units:
    """The units that rows may name: the lake's, and those the file itself has brought.

    ``known``: the lake's ``code``, ``level`` and ``starts_on``, ``own`` where they are of the
    file's source, and ``row``, which is 0.
    """

    def __init__(self, known: "pa.Table") -> None:
        self._known = known
        self.codes = known["code"].unique()

    def also(self, rows: "pa.Table") -> None:
        """Learn of rows of ``units``."""
        import pyarrow as pa

        schema = self._known.schema
        came = rows.append_column("own", pa.repeat(pa.scalar(True), rows.num_rows))
        self._known = pa.concat_tables([self._known, came.select(schema.names).cast(schema)])
        self.codes = self._known["code"].unique()

    def of_another_level(self, connection: Any) -> "pa.ChunkedArray":
        """Numbers of the file's rows whose code another row has on another level.

        The level first told counts; a row that a later one replaces by key tells nothing.
        """
        connection.register("known_units", self._known)
        found = connection.execute(
            """
            WITH standing AS (
                FROM known_units
                QUALIFY NOT own OR row = max(row) OVER (PARTITION BY own, code, starts_on)
            ), told AS (
                SELECT code, arg_min(level, (row, starts_on, level)) AS first
                FROM standing GROUP BY code
            )
            SELECT row FROM known_units JOIN told USING (code)
            WHERE row > 0 AND level <> first ORDER BY row
            """
        ).to_arrow_table()["row"]
        connection.unregister("known_units")
        return found


class Checks:
    """The checks of one contract, made once and used batch by batch on a DuckDB connection."""

    def __init__(self, contract: Table, connection: Any, units: Units) -> None:
        self._contract = contract
        self._connection = connection
        self._units = units
        self._rules = _compiled(contract)

    def faults(self, rows: "pa.Table") -> "pa.Table":
        """One row a fault (``vft.sources.faults.SCHEMA``) of rows typed by the contract."""
        found = [
            *self._broken_rules(rows),
            *self._unknown_units(rows),
            *self._other_levels(rows),
            *self._timeless(rows),
        ]
        return faults.together(found) if found else faults.none()

    def _broken_rules(self, rows: "pa.Table") -> list["pa.Table"]:
        if not self._rules:
            return []
        self._connection.register("batch", rows)
        broken = []
        for rule, (column, sql) in self._rules.items():
            bad = self._connection.execute(sql).to_arrow_table()["row"]
            broken += self._fault(bad, rule=rule, column=column)
        self._connection.unregister("batch")
        return broken

    def _unknown_units(self, rows: "pa.Table") -> list["pa.Table"]:
        import pyarrow.compute as pc

        unknown = []
        for column in (c.name for c in self._contract.columns if c.refers_to == "units.code"):
            there = pc.is_in(rows[column], value_set=self._units.codes)
            bad = rows.filter(pc.and_(pc.invert(there), rows[column].is_valid()))
            unknown += self._fault(
                bad["row"], rule="unknown_unit", column=column, values=bad[column]
            )
        return unknown

    def _other_levels(self, rows: "pa.Table") -> list["pa.Table"]:
        import pyarrow.compute as pc

        if self._contract.name != "units":
            return []
        bad = self._units.of_another_level(self._connection)
        here = bad.filter(pc.is_in(bad, value_set=rows["row"]))
        return self._fault(here, rule="other_level", column="level")

    def _timeless(self, rows: "pa.Table") -> list["pa.Table"]:
        if not self._contract.is_event:
            return []
        bad = rows.filter(rows["month"].is_null())["row"]
        return self._fault(bad, rule="no_time", column=self._contract.happened[0])

    def _fault(
        self, rows: "pa.ChunkedArray", *, rule: str, column: str, values: Any = None
    ) -> list["pa.Table"]:
        import pyarrow as pa

        if len(rows) == 0:
            return []
        values = pa.nulls(len(rows), pa.string()) if values is None else values
        return [faults.of(rows, values, table=self._contract.name, rule=rule, column=column)]


def _compiled(contract: Table) -> dict[str, tuple[str, str]]:
    """SQL that finds the rows that break each rule. A null answer counts as kept."""
    if not contract.rules:
        return {}
    import ibis

    fields = {c.name: ibis.dtype(c.arrow_type()) for c in contract.columns} | {"row": "int64"}
    batch = ibis.table(fields, name="batch")
    return {
        rule.id: (
            rule.column,
            str(
                ibis.to_sql(
                    batch.filter(~rule.holds(batch).fill_null(True)).select("row"),
                    dialect="duckdb",
                )
            ),
        )
        for rule in contract.rules
    }
