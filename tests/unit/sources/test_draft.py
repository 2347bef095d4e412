import re
import tomllib

import pytest
import xlsxwriter
from pyarrow import csv as arrow_csv
from pyarrow import parquet as pq

from vft.errors import MappingError
from vft.sources import draft, mapping, read

VEDTAK = (
    "Vedtaksnr;Fødselsnummer;Tjenestekode;Ansvarlig enhet;Vedtaksdato;Fra dato;Til dato;"
    "Timer pr uke;Status;Saksbehandler\n"
    "1;01814912120;TRYGG;030101;2024-02-01;2024-03-01;;2.5;Innvilget;x\n"
    "2;02815012200;MEDISIN;030102;2024-02-02;2024-03-01;2024-04-01;0.25;Avslag;y\n"
)


def filled(text):
    """The proposal with its question marks answered."""
    answers = {"TRYGG": "TA", "MEDISIN": "DMS", "Innvilget": "granted", "Avslag": "refused"}
    return re.sub(r'"(\w+)" = "\?"', lambda m: f'"{m[1]}" = "{answers[m[1]]}"', text)


def test_a_proposal_names_contract_columns_formats_and_codes(write):
    text = draft.draft(write(VEDTAK.encode("windows-1252"), "Vedtak 20240401.csv"))
    said = tomllib.loads(text)
    assert said["source"]["files"] == ["Vedtak *.csv"]
    assert said["source"]["id"] == "min.vedtak"
    assert said["format"]["encoding"] == "windows-1252"
    assert said["format"]["date"] == "yyyy-mm-dd"
    assert said["format"]["decimal"] == "."
    assert said["table"][0]["name"] == "vedtak"
    assert said["table"][0]["columns"] == {
        "vedtak_id": "Vedtaksnr",
        "recipient_id": "Fødselsnummer",
        "service": {"column": "Tjenestekode", "codes": "service"},
        "unit": "Ansvarlig enhet",
        "decided_on": "Vedtaksdato",
        "starts_on": "Fra dato",
        "ends_on": "Til dato",
        "hours_per_week": "Timer pr uke",
        "status": {"column": "Status", "codes": "status"},
    }
    assert said["codes"]["service"] == {"TRYGG": "?", "MEDISIN": "?"}
    assert "# Kolonner som ikke er brukt: Saksbehandler" in text


def test_a_proposal_must_be_edited_and_then_reads_the_file(write):
    path = write(VEDTAK, "vedtak.csv")
    text = draft.draft(path)
    with pytest.raises(MappingError, match="«TRYGG» til «\\?», som ikke er lov her"):
        mapping.parse(text, name="forslag")
    (batch,) = read.open_delivery(path, mapping.parse(filled(text), name="forslag")).batches()
    assert batch.faults.to_pylist() == []
    assert batch.tables["vedtak"].num_rows == 2


def test_what_the_contract_needs_and_the_file_lacks_is_said(write):
    text = draft.draft(write("Enhetens id\tTidspunkt\tKodeverk\n1\t01.02.2024 08:15\talert\n"))
    assert 'name = "device_events"' in text
    assert 'instant = "dd.mm.yyyy HH:MM"' in text
    assert 'delimiter = "\\t"' in text
    assert '# MANGLER: event_id = "" # Hendelsens id, må være med' in text


def test_excel_below_title_rows_and_parquet_are_proposed_too(tmp_path, write):
    workbook = tmp_path / "utstyr.xlsx"
    with xlsxwriter.Workbook(workbook) as book:
        page = book.add_worksheet("Liste")
        header = ["Enhetens id", "Tjeneste", "Produkt", "Leverandør", "Serienr"]
        for r, row in enumerate([["Utstyr"], [], header, ["1", "TA", "Alarm", "A", "x"]]):
            page.write_row(r, 0, row)
    said = tomllib.loads(draft.draft(workbook))
    assert (said["format"]["sheet"], said["format"]["header_row"]) == ("Liste", 3)
    assert said["table"][0]["name"] == "devices"
    assert said["table"][0]["columns"]["service"] == "Tjeneste"

    table = arrow_csv.read_csv(
        write(VEDTAK, "v.csv"), parse_options=arrow_csv.ParseOptions(delimiter=";")
    )
    pq.write_table(table, tmp_path / "vedtak.parquet")
    said = tomllib.loads(draft.draft(tmp_path / "vedtak.parquet"))
    assert said["format"]["kind"] == "parquet"
    assert said["table"][0]["columns"]["starts_on"] == "Fra dato"
