"""Files that must be refused, or whose every fault must be told: one of each kind.

``truth/bad.json`` says which: the kind of refusal, or ``row:`` and the rule of the faulty rows.
"""

import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from vft.sources.invented import workbook
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.exports import decisions, equipment
from vft.sources.invented.exports.decisions import Decisions
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World

_ROWS = 60
_BOMB = 30 << 20  # bytes of nothing behind a small spreadsheet

EXPECTED = {
    "gerica_tjenester_tom.csv": "empty",
    "gerica_tjenester_avkuttet.csv": "truncated",
    "gerica_tjenester_tegnsett.csv": "encoding",
    "gerica_tjenester_skilletegn.csv": "delimiter",
    "gerica_tjenester_mangler_kolonne.csv": "missing_column",
    "gerica_tjenester_byttet.csv": "swapped_columns",
    "gerica_tjenester_mange_feil.csv": "too_many_bad_rows",
    "gerica_tjenester_tull.csv": "nonsense",
    "gerica_tjenester_formel.csv": "row:formula",
    "utstyrsliste_formel.xlsx": "row:formula",
    "utstyrsliste_avkuttet.xlsx": "truncated",
    "utstyrsliste_zipbombe.xlsx": "zip_bomb",
    "dho_maalinger_avkuttet.parquet": "truncated",
    "ukjent_kilde.csv": "unknown_file",
}


def write(world: World, granted: Decisions, *, folder: Path, truth: Path) -> None:
    """Write one bad file of each kind."""
    sample = decisions.table_of(world, granted.first(_ROWS))
    _write_texts(sample, folder, seed=world.seed)
    _write_tables(sample, folder)
    _write_workbooks(world, folder)
    _write_parquet(sample, folder / "dho_maalinger_avkuttet.parquet")
    (truth / "bad.json").write_text(json.dumps(EXPECTED, indent=2), encoding="utf-8")


def _write_texts(sample: pa.Table, folder: Path, *, seed: int) -> None:
    """Files that are wrong as text: bytes missing, in the wrong letters, or none."""
    whole = folder / "gerica_tjenester_avkuttet.csv"
    with Delimited(whole) as out:
        out.write(sample)
    data = whole.read_bytes()
    middle_of_row = data.rindex(b";", 0, len(data) - 60)
    whole.write_bytes(data[:middle_of_row])
    nonsense = stream(seed, "nonsense").bytes(20_000)
    for name, made in (
        ("gerica_tjenester_tom.csv", b""),
        ("gerica_tjenester_tegnsett.csv", data.decode("utf-8").encode("windows-1252")),
        ("gerica_tjenester_tull.csv", nonsense),
    ):
        (folder / name).write_bytes(made)


def _write_tables(sample: pa.Table, folder: Path) -> None:
    """Files that are wrong as tables: columns gone, in the wrong place, or full of faults."""
    for name, spoilt in (
        ("gerica_tjenester_mangler_kolonne.csv", sample.drop_columns(["Tjeneste"])),
        ("gerica_tjenester_byttet.csv", _swapped(sample, "Fødselsnummer", "Fra dato")),
        ("gerica_tjenester_mange_feil.csv", _constant(sample, "Tjeneste", "XX99")),
        ("gerica_tjenester_formel.csv", _first_cell(sample, "Begrunnelse", "=SUM(A1:A9)")),
        ("ukjent_kilde.csv", sample),
    ):
        with Delimited(folder / name) as out:
            out.write(spoilt)
    with Delimited(folder / "gerica_tjenester_skilletegn.csv", delimiter="|") as out:
        out.write(sample)


def _swapped(table: pa.Table, one: str, other: str) -> pa.Table:
    names = {one: other, other: one}
    return table.rename_columns([names.get(n, n) for n in table.column_names])


def _constant(table: pa.Table, name: str, value: str) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, name, pa.repeat(pa.scalar(value), table.num_rows))


def _first_cell(table: pa.Table, name: str, value: str) -> pa.Table:
    head = _constant(table.slice(0, 1), name, value)
    return pa.concat_tables([head, table.slice(1)])


def _write_workbooks(world: World, folder: Path) -> None:
    listed = equipment.table_of(world).filter(pa.array(world.devices.listed)).slice(0, _ROWS)
    with_formula = folder / "utstyrsliste_formel.xlsx"
    workbook.write(
        with_formula,
        _first_cell(listed, "Produkt", "=1+1"),
        titles=equipment.TITLES,
        sheet=equipment.SHEET,
    )
    cut, bomb = folder / "utstyrsliste_avkuttet.xlsx", folder / "utstyrsliste_zipbombe.xlsx"
    workbook.write(cut, listed, titles=equipment.TITLES, sheet=equipment.SHEET)
    data = cut.read_bytes()
    bomb.write_bytes(data)
    cut.write_bytes(data[: len(data) // 2])
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        info = zipfile.ZipInfo("xl/worksheets/sheet2.xml", (2025, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        package.writestr(info, bytes(_BOMB))


def _write_parquet(sample: pa.Table, path: Path) -> None:
    pq.write_table(sample, path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 100])
