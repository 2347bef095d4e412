"""What comes out of a file of visits. Two synthetic persons (month + 80), who can be nobody."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from vft import tables
from vft.sources import faults, mapping, read

HEADER = "Oppdrag;Fødselsnr;Type;Planlagt;Start;Min;Km\n"
GOOD = "1;01814912120;MED;J;15.01.2024 08:00:00;12;1,5\n"


def rows(batch, table="visits"):
    return batch.tables[table].to_pylist()


def faulty(batch):
    return [(f["row"], f["rule"], f["column"], f["value"]) for f in batch.faults.to_pylist()]


def test_a_row_comes_out_in_the_types_of_the_contract(reading):
    batch = reading(HEADER + GOOD)
    assert rows(batch) == [
        {
            "visit_id": "1",
            "recipient_id": "01814912120",
            "kind": "medication",
            "team": None,
            "planned": True,
            "planned_at": None,
            "planned_minutes": None,
            "started_at": datetime(2024, 1, 15, 7, 0, tzinfo=UTC),
            "minutes": 12,
            "travel_minutes": None,
            "travel_km": Decimal("1.50"),
            "status": "executed",
            "row": 2,
        }
    ]
    contract = tables.ALL["visits"]
    kept = batch.tables["visits"].schema
    for column in contract.columns:
        expected = pa.string() if column.name == "recipient_id" else column.arrow_type()
        assert kept.field(column.name).type == expected
    assert batch.faults.schema == faults.SCHEMA
    assert batch.rows_read == 1


#: The good row, with one cell written otherwise: column → what stands there → the rule it breaks.
BAD_CELLS = [
    ("Fødselsnr", "01814912121", "not_an_identity", "recipient_id"),
    ("Type", "???", "unknown_code", "kind"),
    ("Planlagt", "X", "not_a_boolean", "planned"),
    ("Start", "32.01.2024 08:00:00", "not_an_instant", "started_at"),
    ("Start", "01.01.9999 00:00:00", "out_of_range", "started_at"),
    ("Min", "tolv", "not_a_number", "minutes"),
    ("Min", "1441", "out_of_range", "minutes"),
    ("Min", "-1", "out_of_range", "minutes"),
    ("Min", "99999999999999999999", "not_a_number", "minutes"),
    ("Km", "1.5", "not_a_number", "travel_km"),
    ("Oppdrag", "", "missing_value", "visit_id"),
    ("Fødselsnr", "-", "missing_value", "recipient_id"),
    ("Oppdrag", "=HYPERLINK(1)", "formula", "visit_id"),
    ("Oppdrag", "@SUM(A1)", "formula", "visit_id"),
    ("Oppdrag", "+A1", "formula", "visit_id"),
    ("Min", "=1+1", "formula", "minutes"),
]


@pytest.mark.parametrize(("vendor_column", "value", "rule", "column"), BAD_CELLS)
def test_each_fault_is_named_once_and_the_row_is_left_out(
    reading, vendor_column, value, rule, column
):
    cells = dict(zip(HEADER.strip().split(";"), GOOD.strip().split(";"), strict=True))
    batch = reading(HEADER + GOOD + ";".join((cells | {vendor_column: value}).values()) + "\n")
    assert faulty(batch) == [(3, rule, column, value)]
    assert [r["row"] for r in rows(batch)] == [2]
    assert rule in faults.SAYS
    assert batch.rows_read == 2


@pytest.mark.parametrize(
    ("row", "rule"), [("1;01814912120;MED", "too_few_fields"), (";" * 7, "too_many_fields")]
)
def test_a_row_with_the_wrong_number_of_fields_is_a_fault(reading, row, rule):
    batch = reading(HEADER + GOOD + row + "\n" + GOOD)
    assert faulty(batch) == [(3, rule, "", None)]
    assert [r["row"] for r in rows(batch)] == [2, 4]


def test_a_row_with_several_faults_has_each(reading):
    batch = reading(HEADER + GOOD + "1;x;y;z;u;v;w\n")
    assert [f[1] for f in faulty(batch)] == [
        "not_an_identity",
        "unknown_code",
        "not_a_boolean",
        "not_an_instant",
        "not_a_number",
        "not_a_number",
    ]


def test_values_may_be_missing_where_the_contract_allows(reading):
    batch = reading(HEADER + "1;01814912120;MED;;-; ;\n")
    assert not batch.faults.num_rows
    assert [r["minutes"] for r in rows(batch)] == [None]


def test_row_numbers_are_the_spreadsheets_also_after_odd_lines(reading):
    batch = reading(
        HEADER
        + "1;01814912120;MED;J;;12;\n"  # 2
        + "for få\n"  # 3
        + "\n"  # 4, blank: no row
        + '"4\nto linjer";01814912120;MED;J;;12;\n'  # 5
        + "5;01814912120;MED;J;;12;;;\n"  # 6
        + "5;01814912120;MED;J;;12;;;\n"  # 7
        + ";;;;;;\n"  # 8, blank
        + "6;01814912120;MED;J;;12;\n"  # 9
        + "7;01814912120;MED;J;;tolv;"  # 10, and no line end
    )
    assert [(r["row"], r["visit_id"]) for r in rows(batch)] == [
        (2, "1"),
        (5, "4\nto linjer"),
        (9, "6"),
    ]
    assert [f[:2] for f in faulty(batch)] == [
        (3, "too_few_fields"),
        (6, "too_many_fields"),
        (7, "too_many_fields"),
        (10, "not_a_number"),
    ]
    assert batch.rows_read == 7


def test_raw_rows_are_as_they_stood(reading):
    batch = reading(HEADER + GOOD + " 2 ;x;MED;J;;012;\nfor få\n")
    assert batch.raw(pa.array([3, 4])).to_pylist() == [
        {"row": 3, "line": None, "Oppdrag": " 2 ", "Fødselsnr": "x", "Type": "MED"}
        | {"Planlagt": "J", "Start": "", "Min": "012", "Km": ""},
        {"row": 4, "line": "for få", "Oppdrag": None, "Fødselsnr": None, "Type": None}
        | {"Planlagt": None, "Start": None, "Min": None, "Km": None},
    ]
    assert batch.raw()["row"].to_pylist() == [2, 3, 4]


def test_a_big_file_streams_in_batches_with_running_row_numbers(write, visits):
    lines = [f"{i};01814912120;MED;J;15.01.2024 08:00:00;12;1,5\n" for i in range(300_000)]
    lines[150_000] = "odd\n"
    reading = read.open_delivery(write(HEADER + "".join(lines)), visits())
    shares, seen, bad = [], [], []
    for batch in reading.batches():
        assert batch.rows_read <= 131_073
        shares.append(reading.share_read)
        seen.append(batch.tables["visits"])
        bad += faulty(batch)
    assert len(seen) > 1
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    whole = pa.concat_tables(seen)
    assert whole["row"].to_pylist() == [i + 2 for i in range(300_000) if i != 150_000]
    assert whole["visit_id"].to_pylist() == [str(i) for i in range(300_000) if i != 150_000]
    assert bad == [(150_002, "too_few_fields", "", None)]


def test_a_file_with_a_header_and_no_rows_gives_one_empty_batch(reading):
    batch = reading(HEADER)
    assert (rows(batch), batch.rows_read) == ([], 0)


def test_a_file_in_windows_1252_with_tabs_and_nynorsk_names(write, visits):
    text = "Oppdrag;Fødselsnr;Slag;Planlagd;Start;Min;Km\n1;01814912120;Kjøkken;Å;;12;1.5\n"
    said = visits(
        delimiter="\t", encoding="windows-1252", decimal=".", true=["Å"], false=["Ikkje"]
    ).model_dump_json(by_alias=True)
    mapped = mapping.Mapping.model_validate_json(
        said.replace("Planlagt", "Planlagd").replace('"Type"', '"Slag"').replace("MED", "Kjøkken")
    )
    (batch,) = read.open_delivery(
        write(text.replace(";", "\t").encode("windows-1252")), mapped
    ).batches()
    (row,) = rows(batch)
    assert (row["planned"], row["kind"], row["travel_km"]) == (True, "medication", Decimal("1.50"))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_marks_and_line_ends_make_no_difference(reading, mark, line_end):
    text = (HEADER + GOOD + GOOD).replace("\n", line_end)
    assert [r["row"] for r in rows(reading(mark + text.encode()))] == [2, 3]


VEDTAK = """
[source]
id = "by.vedtak"
title = "Vedtak"
files = ["v*"]
[format]
kind = "csv"
ends = "inclusive"
[[table]]
name = "vedtak"
[table.columns]
vedtak_id = "Nr"
recipient_id = "Person"
service = { column = "Tjeneste", codes = "service" }
starts_on = "Fra"
ends_on = "Til"
hours_per_week = { column = "Timer", decimal = "." }
status = { value = "granted" }
end_reason = { column = "Slutt", codes = "end" }
[[table]]
name = "recipients"
skip_when_missing = ["Født"]
[table.columns]
recipient_id = "Person"
birth_year = "Født"
[codes.service]
"TRYGG" = "TA"
[codes.end]
"D" = "dead"
"U" = ""
"""


def test_one_file_feeds_several_tables(write):
    path = write(
        "Nr;Person;Tjeneste;Fra;Til;Timer;Slutt;Født\n"
        "1;01814912120;TRYGG;01.03.2024;31.03.2024;2.5;D;1949\n"
        "2;02815012200;TRYGG;1.3.2024;;;U;\n"
        "3;02815012200;FEIL;01.03.2024;;;;1950\n"
        "4;02815012200;TRYGG;01.03.2024;;;;nitten\n"
    )
    (batch,) = read.open_delivery(path, mapping.parse(VEDTAK, name="v")).batches()
    found = [
        (r["row"], r["starts_on"], r["ends_on"], r["hours_per_week"], r["end_reason"])
        for r in rows(batch, "vedtak")
    ]
    # an inclusive last day becomes the first day after
    assert found == [
        (2, date(2024, 3, 1), date(2024, 4, 1), Decimal("2.50"), "dead"),
        (3, date(2024, 3, 1), None, None, None),
        (5, date(2024, 3, 1), None, None, None),
    ]
    assert [(r["row"], r["birth_year"]) for r in rows(batch, "recipients")] == [
        (2, 1949),
        (4, 1950),
    ]
    assert [(f["row"], f["table"], f["rule"]) for f in batch.faults.to_pylist()] == [
        (4, "vedtak", "unknown_code"),
        (5, "recipients", "not_a_number"),
    ]


def test_one_file_may_feed_one_table_twice(write):
    text = """
    source = { id = "x", title = "x", files = ["x"] }
    format = { kind = "csv", date = "yyyy-mm-dd" }
    """ + "".join(
        f"""
        [[table]]
        name = "function_scores"
        skip_when_missing = ["{column}"]
        [table.columns]
        recipient_id = "Person"
        assessed_on = "Dato"
        item = {{ value = "{item}" }}
        score = "{column}"
        """
        for item, column in (("1", "Syn"), ("2", "Hørsel"))
    )
    path = write("Person;Dato;Syn;Hørsel\n01814912120;2024-01-01;3;\n02815012200;2024-01-02;;5\n")
    (batch,) = read.open_delivery(path, mapping.parse(text, name="x")).batches()
    found = [(r["row"], r["item"], r["score"]) for r in rows(batch, "function_scores")]
    assert found == [(2, "1", 3), (3, "2", 5)]
    assert not batch.faults.num_rows


def typed_visits():
    return pa.table(
        {
            "Oppdrag": pa.array([1, 2], pa.int64()),
            "Fødselsnr": pa.array([1814912120, 2815012200], pa.int64()),  # leading zero lost
            "Type": pa.array(["MED", "???"]).dictionary_encode(),
            "Planlagt": pa.array([True, None]),
            "Start": pa.array([datetime(2024, 7, 1, 8), datetime(2024, 10, 27, 2, 30)]),  # noqa: DTZ001 -- wall clock
            "Min": pa.array([12.0, None]),
            "Km": pa.array([1.125, None]),
        }
    )


def test_parquet_is_taken_as_it_is_typed(tmp_path, visits):
    path = tmp_path / "besok.parquet"
    pq.write_table(typed_visits(), path)
    (batch,) = read.open_delivery(path, visits(kind="parquet")).batches()
    (row,) = rows(batch)
    assert row["row"] == 1
    assert row["visit_id"] == "1"
    assert row["recipient_id"] == "01814912120"
    assert row["planned"] is True
    assert row["started_at"] == datetime(2024, 7, 1, 6, tzinfo=UTC)
    assert row["minutes"] == 12
    assert row["travel_km"] == Decimal("1.125")
    assert faulty(batch) == [(2, "unknown_code", "kind", "???")]
    assert batch.raw(pa.array([2])).to_pylist()[0]["Start"] == "27.10.2024 02:30:00"


def test_parquet_with_zone_keeps_the_moment_and_takes_the_date_in_norway(tmp_path):
    text = VEDTAK.replace('kind = "csv"', 'kind = "parquet"').replace('"inclusive"', '"exclusive"')
    late = datetime(2024, 6, 30, 22, 30, tzinfo=UTC)  # half past midnight, 1 July, in Norway
    path = tmp_path / "v.parquet"
    pq.write_table(
        pa.table(
            {
                "Nr": ["1"],
                "Person": ["01814912120"],
                "Tjeneste": ["TRYGG"],
                "Fra": pa.array([late], pa.timestamp("us", tz="UTC")),
                "Til": pa.array([date(2024, 8, 1)]),
                "Timer": pa.array([Decimal("2.50")]),
                "Slutt": pa.nulls(1),
                "Født": pa.array([1949], pa.int16()),
            }
        ),
        path,
    )
    (batch,) = read.open_delivery(path, mapping.parse(text, name="v")).batches()
    (row,) = rows(batch, "vedtak")
    assert (row["starts_on"], row["ends_on"]) == (date(2024, 7, 1), date(2024, 8, 1))
    assert row["hours_per_week"] == Decimal("2.50")
    assert [r["birth_year"] for r in rows(batch, "recipients")] == [1949]
