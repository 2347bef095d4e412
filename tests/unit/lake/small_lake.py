"""An installation of its own for each test, and files that a reader can see.

A file is written as a table with a line a row; its columns are called as the contract's, dates are
ISO, instants local time, a recipient is a number and becomes the identity number of that number.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import visible
from factories import identity

from vft import tables
from vft.lake import keys, manifest
from vft.lake.lake import Lake
from vft.lake.on_duckdb import DuckDB
from vft.lake.receive import receive
from vft.lake.vault import Vault
from vft.sources import mapping
from vft.tables.schema import Kind

NOW = datetime(2024, 12, 15, 12, 0, tzinfo=UTC)


def mapping_of(*names, source="test", refuse_above=1.0):
    """A mapping that feeds tables from a file whose columns are called as the contracts'."""
    columns = "\n".join(
        f"[[table]]\nname = '{name}'\n[table.columns]\n"
        + "\n".join(f"{c.name} = '{c.name}'" for c in tables.ALL[name].columns)
        for name in names
    )
    return mapping.parse(
        f"""
        [source]
        id = "{source}"
        title = "Prøve"
        files = ["*"]
        refuse_above = {refuse_above}
        [format]
        kind = "csv"
        date = "yyyy-mm-dd"
        instant = "yyyy-mm-dd HH:MM"
        true = ["true"]
        false = ["false"]
        {columns}
        """,
        name="prøve",
    )


def write_csv(path, names, text):
    """Columns that the text does not have are empty in the file."""
    contracts = [tables.ALL[name] for name in names]
    columns = {c.name: c for contract in contracts for c in contract.columns}
    lines = [";".join(columns)]
    for row in visible.rows(text):
        usual = {k: v for name in names for k, v in visible.USUAL.get(name, {}).items()}
        full = usual | {k: v for k, v in row.items() if v != ""}
        assert set(full) <= set(columns), set(full) - set(columns)
        lines.append(";".join(_cell(columns[c], full.get(c, "")) for c in columns))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _cell(column, text):
    return identity(int(text)) if column.kind is Kind.PERSON and text.isdigit() else text


@dataclass
class Installation:
    folder: Path
    lake: Lake
    vault: Vault
    keys: keys.Keys
    files: int = 0
    mappings: dict = field(default_factory=dict)

    @property
    def pseudonymiser(self):
        return self.keys.pseudonymiser(manifest.latest(self.lake).pseudonym_key)

    def person(self, number):
        return self.pseudonymiser.one(identity(number))

    def file(self, text, *names):
        self.files += 1
        return write_csv(self.folder / f"fil{self.files}.csv", names, text)

    def deliver(self, text, *names, source="test", refuse_above=1.0, now=NOW, **kwargs):
        """Receive a file with these rows, for these tables. A source is mapped as it was last."""
        mapping = mapping_of(*names, source=source, refuse_above=refuse_above)
        return self.receive(self.file(text, *names), mapping, now=now, **kwargs)

    def receive(self, path, mapping, *, now=NOW, **kwargs):
        """Receive a file as it is."""
        self.mappings[mapping.source.id] = mapping
        return receive(self.lake, self.vault, path, mapping, self.pseudonymiser, now=now, **kwargs)

    def rows(self, table, columns, *, number=None):
        """Rows of a table with these columns ('a b c') as text, in order."""
        engine = DuckDB(self.lake, manifest.at(self.lake, number=number), threads=1)
        try:
            found = engine.arrow(engine.table(table)).select(columns.split()).to_pylist()
        finally:
            engine.close()
        return sorted(tuple("" if v is None else str(v) for v in row.values()) for row in found)
