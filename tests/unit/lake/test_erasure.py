from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import visible
import xlsxwriter
from factories import identity
from python_calamine import CalamineWorkbook
from small_lake import mapping_of

from vft.errors import LakeError
from vft.lake import deliveries, erasure, manifest
from vft.lake.erasure import Erased, erase
from vft.lake.on_duckdb import DuckDB
from vft.lake.writing import writing
from vft.sources.mapping import ColumnMapping

VISITS = """
visit_id | recipient_id | started_at       | minutes
B1       | 1            | 2024-01-10 08:00 | 10
B2       | 2            | 2024-01-10 08:00 | 20
B3       | 1            | 2024-02-10 08:00 | 30
B4       | 2            | 2024-03-10 08:00 | 40
"""
VEDTAK = """
vedtak_id | recipient_id | service | starts_on
V1        | 1            | TA      | 2024-01-01
V2        | 2            | TA      | 2024-01-01
"""
PAUSES = """
vedtak_id | starts_on  | ends_on
V1        | 2024-02-01 | 2024-02-03
V2        | 2024-02-01 | 2024-02-03
"""
UNITS = """
code   | name  | level        | starts_on
0301   | Oslo  | municipality | 2000-01-01
"""
BAD = """
visit_id | recipient_id | started_at | minutes
B9       | 1            | i går      | 10
B8       | 2            | i går      | 10
"""


@pytest.fixture
def filled(installation):
    installation.deliver(UNITS, "units")
    installation.deliver(VISITS, "visits")
    installation.deliver(VEDTAK, "vedtak")
    installation.deliver(PAUSES, "vedtak_pauses")
    installation.deliver(BAD, "visits", source="annen")
    panel = pa.table(
        {
            "recipient_id": [installation.person(1), installation.person(2)],
            "month": ["2024-01", "2024-01"],
            "minutes": [10, 20],
        }
    )
    with writing(installation.lake, reason="panel") as change:
        change.replace_months("panel_visits", ["2024-01"], panel)
    return installation


def erase_one(installation):
    return erase_number(installation, 1)


def erase_number(installation, number):
    return erase(
        installation.lake,
        installation.vault,
        installation.person(number),
        identity(number),
        mappings=installation.mappings,
    )


def test_her_rows_go_from_every_table_and_nobody_elses(filled):
    erased = erase_one(filled)
    assert erased.rows == {"visits": 2, "vedtak": 1, "vedtak_pauses": 1, "panel_visits": 1}
    assert filled.rows("visits", "visit_id") == [("B2",), ("B4",)]
    assert filled.rows("vedtak", "vedtak_id") == [("V2",)]
    assert filled.rows("vedtak_pauses", "vedtak_id") == [("V2",)]
    assert filled.rows("panel_visits", "minutes") == [("20",)]


def test_no_file_of_the_lake_holds_her_any_more_not_even_of_its_history(filled):
    her = filled.person(1)
    assert her in everyone_on_disk(filled.lake)
    erase_one(filled)
    assert everyone_on_disk(filled.lake) == {filled.person(2)}


def everyone_on_disk(lake):
    found = set()
    for file in lake.tables.rglob("*.parquet"):
        rows = pq.ParquetFile(file).read()
        if "recipient_id" in rows.column_names:
            found.update(rows["recipient_id"].to_pylist())
    return found


def test_older_states_of_her_tables_are_unreadable_and_of_others_are_not(filled):
    before = manifest.latest(filled.lake)
    erase_one(filled)
    old = DuckDB(filled.lake, before, threads=1)
    for table in ("visits", "vedtak", "vedtak_pauses", "panel_visits"):
        with pytest.raises(LakeError, match=f"«{table}» kan ikke leses slik den var"):
            old.table(table)
    assert old.arrow(old.table("units")).num_rows == 1
    old.close()


def test_a_table_that_held_her_before_and_no_longer_loses_its_history(filled):
    filled.deliver(VEDTAK.replace("| 1 ", "| 2 "), "vedtak")
    before = manifest.latest(filled.lake)
    erased = erase_one(filled)
    assert "vedtak" not in erased.rows
    assert manifest.latest(filled.lake).versions["vedtak"] == before.versions["vedtak"]
    assert manifest.latest(filled.lake).readable_from["vedtak"] > before.number
    assert filled.rows("vedtak", "vedtak_id") == [("V1",), ("V2",)]


def test_the_vault_forgets_her_and_the_receipts_say_so(filled):
    erased = erase_one(filled)
    assert (erased.received, erased.quarantine) == (3, 1)
    for file in filled.vault.files():
        with filled.vault.opened(file) as clear:
            assert identity(1).encode() not in clear.read_bytes()
    assert filled.vault.refused(5)["visit_id"].to_pylist() == ["B8"]
    engine = DuckDB(filled.lake, threads=1)
    copies = {d.delivery: (d.copy, d.copy_rule) for d in deliveries.all_of(engine)}
    engine.close()
    assert copies == {
        1: ("kept", None),
        2: ("rewritten", "records_dropped"),
        3: ("rewritten", "records_dropped"),
        4: ("kept", None),
        5: ("rewritten", "records_dropped"),
    }


def test_the_others_in_her_files_are_still_there(filled):
    erase_one(filled)
    (visits,) = [d for d in receipts(filled) if d.delivery == 2]
    with filled.vault.open(visits.sha256) as clear:
        text = clear.read_text()
    assert text.count("\n") == 3
    assert text.count(identity(2)) == 2


def receipts(installation):
    engine = DuckDB(installation.lake, threads=1)
    found = deliveries.all_of(engine)
    engine.close()
    return found


def test_the_months_that_lost_rows_count_as_changed(filled):
    erase_one(filled)
    changes = manifest.latest(filled.lake).changes
    assert changes["visits"] == ["2024-01", "2024-02"]
    assert changes["vedtak"] == ["*"]


def test_an_erasure_that_was_interrupted_is_completed(filled, monkeypatch):
    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(erasure, "_redact", die)
    with pytest.raises(KeyboardInterrupt):
        erase_one(filled)
    monkeypatch.undo()
    assert erase_one(filled).received == 3
    assert everyone_on_disk(filled.lake) == {filled.person(2)}
    assert [d.copy for d in receipts(filled)] == [
        "rewritten",
        "kept",
        "rewritten",
        "rewritten",
        "kept",
    ]


def test_to_erase_someone_unknown_changes_nothing(filled):
    before = manifest.latest(filled.lake)
    erased = erase_number(filled, 7)
    assert (erased.rows, erased.received, erased.quarantine) == ({}, 0, 0)
    assert manifest.latest(filled.lake) == before


ASSIGNMENTS = """
device_id | recipient_id | starts_on  | ends_on
HERS      | 1            | 2024-01-01 | 2024-02-01
PASSED    | 1            | 2024-01-01 | 2024-01-10
PASSED    | 2            | 2024-01-10 |
COUPLE    | 1            | 2024-01-01 |
COUPLE    | 2            | 2024-01-15 | 2024-01-20
OTHERS    | 2            | 2024-01-01 |
NOBODYS   | 1            | 2024-01-05 | 2024-01-05
"""
DEVICE_EVENTS = """
event_id         | device_id | occurred_at      | vocabulary | code
before           | HERS      | 2023-12-31 23:59 | alert      | 1
first day, hers  | HERS      | 2024-01-01 00:00 | alert      | 1
last day, hers   | HERS      | 2024-01-31 23:59 | alert      | 1
day of return    | HERS      | 2024-02-01 00:00 | alert      | 1
still hers       | PASSED    | 2024-01-09 23:59 | alert      | 1
day of passing   | PASSED    | 2024-01-10 00:00 | alert      | 1
alone, hers      | COUPLE    | 2024-01-14 12:00 | alert      | 1
both's           | COUPLE    | 2024-01-15 12:00 | alert      | 1
alone again, hers| COUPLE    | 2024-01-20 12:00 | alert      | 1
another's        | OTHERS    | 2024-01-05 12:00 | alert      | 1
nobody's         | NOBODYS   | 2024-01-05 12:00 | alert      | 1
"""
DOWNTIMES = """
device_id | starts_on  | ends_on    | reason
HERS      | 2023-12-01 | 2024-01-01 | fault
HERS      | 2024-01-05 | 2024-01-07 | pause
HERS      | 2024-01-08 | 2024-01-08 | pause
HERS      | 2024-01-20 |            | fault
HERS      | 2024-02-01 | 2024-02-02 | fault
PASSED    | 2024-01-08 | 2024-01-10 | pause
PASSED    | 2024-01-09 | 2024-01-11 | fault
COUPLE    | 2024-01-16 | 2024-01-17 | pause
"""
RESPONSES = """
response_id    | device_id | recipient_id | received_at
by device      | HERS      |              | 2024-01-05 08:00
by name        |           | 1            | 2024-01-05 08:00
another's name | HERS      | 2            | 2024-01-05 08:00
both's device  | COUPLE    |              | 2024-01-16 08:00
nobody         |           |              | 2024-01-05 08:00
"""


@pytest.fixture
def equipped(installation):
    installation.deliver(ASSIGNMENTS, "device_assignments", source="utstyr")
    installation.deliver(DEVICE_EVENTS, "device_events", source="alarmer")
    installation.deliver(DOWNTIMES, "device_downtimes", source="stans")
    installation.deliver(RESPONSES, "responses", source="respons")
    return installation


def test_what_a_device_reported_while_it_was_hers_alone_goes_with_her(equipped):
    erased = erase_one(equipped)
    assert erased.rows == {
        "device_assignments": 4,
        "device_downtimes": 4,
        "device_events": 5,
        "responses": 2,
    }
    assert equipped.rows("device_events", "event_id") == EVENTS_LEFT
    assert equipped.rows("device_downtimes", "device_id starts_on") == [
        ("COUPLE", "2024-01-16"),
        ("HERS", "2023-12-01"),
        ("HERS", "2024-02-01"),
        ("PASSED", "2024-01-09"),
    ]
    assert equipped.rows("responses", "response_id") == RESPONSES_LEFT


EVENTS_LEFT = [
    ("another's",),
    ("before",),
    ("both's",),
    ("day of passing",),
    ("day of return",),
    ("nobody's",),
]
RESPONSES_LEFT = [("another's name",), ("both's device",), ("nobody",)]


def test_the_history_of_what_her_devices_reported_goes_too(equipped):
    moved = DEVICE_EVENTS.replace("| HERS ", "| OTHERS ")
    equipped.deliver(moved, "device_events", source="alarmer")
    state = manifest.latest(equipped.lake).number
    assert "HERS" in devices_on_disk(equipped.lake)
    erase_one(equipped)
    with pytest.raises(LakeError, match="«device_events» kan ikke leses slik den var"):
        equipped.rows("device_events", "event_id", number=state)
    assert devices_on_disk(equipped.lake) == {"PASSED", "COUPLE", "OTHERS", "NOBODYS"}


def devices_on_disk(lake):
    files = lake.table("device_events").rglob("*-*.parquet")
    rows = [pq.ParquetFile(file).read() for file in files if "_delta_log" not in file.parts]
    return set(pa.concat_tables(rows)["device_id"].to_pylist())


def test_who_never_had_the_device_takes_nothing_of_it_with_her(equipped):
    assert erase_number(equipped, 3) == Erased()


def kept_lines(installation, source):
    """First cells of the copy of a source's file, without the heading."""
    (receipt,) = [d for d in receipts(installation) if d.source == source]
    with installation.vault.open(receipt.sha256) as clear:
        lines = clear.read_text(encoding="utf-8").splitlines()[1:]
    return sorted((line.split(";")[0],) for line in lines)


def test_the_vaults_copies_lose_the_same_rows_as_the_lake(equipped):
    erased = erase_one(equipped)
    assert (erased.received, erased.quarantine) == (4, 0)
    assert kept_lines(equipped, "alarmer") == EVENTS_LEFT
    assert kept_lines(equipped, "respons") == RESPONSES_LEFT
    assert [d for (d,) in kept_lines(equipped, "stans")] == ["COUPLE", "HERS", "HERS", "PASSED"]
    assert {d.source: d.copy_rule for d in receipts(equipped)} == dict.fromkeys(
        ("utstyr", "alarmer", "stans", "respons"), "records_dropped"
    )


REFUSED = """
event_id       | device_id | occurred_at      | vocabulary | code
day of both    | COUPLE    | 2024-01-15 12:00 | ukjent     | 1
hers           | COUPLE    | 2024-01-14 12:00 | ukjent     | 1
no day, hers   | HERS      | i går            | alert      | 1
no day, shared | COUPLE    | i går            | alert      | 1
another's      | HERS2     | i går            | alert      | 1
"""


def test_refused_rows_of_her_devices_go_where_the_day_or_the_device_is_hers_alone(equipped):
    refused = equipped.deliver(REFUSED, "device_events", source="alarmer")
    erase_one(equipped)
    left = ["day of both", "no day, shared", "another's"]
    assert equipped.vault.refused(refused.delivery)["event_id"].to_pylist() == left
    with equipped.vault.open(refused.sha256) as clear:
        assert [line.split(";")[0] for line in clear.read_text().splitlines()[1:]] == left


@pytest.mark.parametrize(
    ("names_her_device", "copy"), [(True, ("dropped", "copy_dropped")), (False, ("kept", None))]
)
def test_a_copy_that_cannot_be_read_is_given_up_where_it_names_her_device(
    equipped, names_her_device, copy
):
    text = DEVICE_EVENTS if names_her_device else DEVICE_EVENTS.replace("HERS", "HERS2")
    text = "\n".join(line for line in text.splitlines() if "HERS" in line or "event_id" in line)
    delivery = equipped.deliver(text, "device_events", source="borte")
    del equipped.mappings["borte"]
    erase_one(equipped)
    (receipt,) = [d for d in receipts(equipped) if d.delivery == delivery.delivery]
    assert (receipt.copy, receipt.copy_rule) == copy


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("visits", {"visit_id": "event_id", "started_at": "occurred_at"}),
        ("device_events", {"event_id": "event_id", "occurred_at": "occurred_at"}),
        ("device_downtimes", {"device_id": "device_id", "starts_on": "event_id"}),
    ],
)
def test_a_copy_whose_source_no_longer_reads_what_it_brought_is_given_up(equipped, table, columns):
    equipped.mappings["alarmer"] = mapping_from(columns, table, source="alarmer")
    erase_one(equipped)
    assert copy_of(equipped, "alarmer") == ("dropped", "copy_dropped")


def test_a_copy_of_a_source_that_never_told_a_device_is_let_be(equipped):
    columns = {"response_id": "sak", "recipient_id": "fnr", "received_at": "tid"}
    made = mapping_from(columns, "responses", source="navngitt")
    form = made.format.model_copy(update={"kind": "parquet"})
    path = write_parquet(equipped.folder / "svar.parquet", visible.rows(ANSWERS))
    equipped.receive(path, made.model_copy(update={"format": form}))
    erase_one(equipped)
    assert copy_of(equipped, "navngitt") == ("kept", None)


ANSWERS = f"""
sak   | fnr           | tid
named | {identity(2)} | 2024-01-05 08:00
"""


def mapping_from(columns, table, *, source):
    """A mapping that reads no more of a table than these columns, called so in the file."""
    mapping = mapping_of(table, source=source)
    read = {name: ColumnMapping(column=column) for name, column in columns.items()}
    (whole,) = mapping.tables
    return mapping.model_copy(update={"tables": (whole.model_copy(update={"columns": read}),)})


def copy_of(installation, source):
    (receipt,) = [d for d in receipts(installation) if d.source == source]
    return receipt.copy, receipt.copy_rule


@pytest.mark.parametrize("code", ["code", "a column that the file did not have then"])
def test_copies_in_excel_and_parquet_lose_her_rows_by_number(equipped, code):
    rows = [row | {"test": "", "technical": ""} for row in visible.rows(DEVICE_EVENTS)]
    for kind, write in (("excel", write_excel), ("parquet", write_parquet)):
        made = mapping_of("device_events", source=kind)
        made = made.model_copy(update={"format": made.format.model_copy(update={"kind": kind})})
        path = equipped.folder / f"logg.{kind}"
        write(path, rows)
        assert equipped.receive(path, made).rows_good == len(rows)
        equipped.mappings[kind] = with_code(made, code)
    erase_one(equipped)
    for kind, read in (("excel", read_excel), ("parquet", pq.read_table)):
        (receipt,) = [d for d in receipts(equipped) if d.source == kind]
        assert receipt.copy_rule == "rows_dropped"
        with equipped.vault.open(receipt.sha256) as clear:
            left = read(clear)["event_id"]
        assert sorted((str(value),) for value in left) == EVENTS_LEFT


def test_her_row_goes_from_the_sheet_that_the_mapping_reads(equipped):
    rows = {"Mai": {"event_id": "another's"}, "Juni": {"event_id": "hers"}}
    common = {
        "device_id": "HERS",
        "occurred_at": "2024-01-05 12:00",
        "vocabulary": "alert",
        "code": "1",
        "test": "",
        "technical": "",
    }
    made = mapping_of("device_events", source="ark")
    form = made.format.model_copy(update={"kind": "excel", "sheet": "Juni"})
    path = equipped.folder / "logg.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, row in rows.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [*row, *common])
            sheet.write_row(1, 0, [*row.values(), *common.values()])
    receipt = equipped.receive(path, made.model_copy(update={"format": form}))
    assert receipt.rows_good == 1
    erase_one(equipped)
    with equipped.vault.open(receipt.sha256) as clear:
        book = CalamineWorkbook.from_path(str(clear))
    kept = {name: book.get_sheet_by_name(name).to_python()[1:] for name in rows}
    assert [row[0] for row in kept["Mai"]] == ["another's"]
    assert kept["Juni"] == []


def with_code(mapping, column):
    """The mapping as it has become since, used before."""
    (table,) = mapping.tables
    columns = table.columns | {"code": ColumnMapping(column=column)}
    since = mapping.model_copy(update={"tables": (table.model_copy(update={"columns": columns}),)})
    since.__dict__.pop("vendor_columns", None)
    assert column in since.vendor_columns
    return since


def write_excel(path, rows):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([dict.fromkeys(rows[0]) | {k: k for k in rows[0]}, *rows]):
            sheet.write_row(number, 0, row.values())


def read_excel(path):
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    rows = [row for row in rows if any(row)]
    return {name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}


def write_parquet(path, rows):
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def test_the_lake_is_held_until_the_copies_are_rewritten(filled, monkeypatch):
    def write_meanwhile(*_):
        with (
            pytest.raises(LakeError, match="opptatt"),
            ThreadPoolExecutor(1) as other,
        ):
            other.submit(_write, filled.lake).result()
        raise KeyboardInterrupt

    monkeypatch.setattr(erasure, "_redact", write_meanwhile)
    with pytest.raises(KeyboardInterrupt):
        erase_one(filled)


def _write(lake):
    with writing(lake, reason="annen", wait_seconds=0.1):
        pass
