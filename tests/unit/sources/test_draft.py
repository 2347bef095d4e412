import re
import tomllib
from fnmatch import fnmatchcase

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


@pytest.mark.parametrize(
    ("name", "proposed", "fits"),
    [
        ("vedtak.csv", ("vedtak*.csv", "min.vedtak", "vedtak"), "vedtak 2.csv"),
        ("20241105_vedtak.csv", ("*_vedtak*.csv", "min.vedtak", "vedtak"), "20241205_vedtak.csv"),
        ("2024-11 vedtak.csv", ("* vedtak*.csv", "min.vedtak", "vedtak"), "2024-12 vedtak.csv"),
        ("Vedtak 01.11.2024.csv", ("Vedtak *.csv", "min.vedtak", "Vedtak"), "Vedtak 1.12.2024.csv"),
        ("uke 9 vedtak (1).csv", ("uke * vedtak *.csv", "min.uke_vedtak", "uke vedtak"), None),
        ("vedtak[1].csv", ("vedtak*.csv", "min.vedtak", "vedtak"), "vedtak.csv"),
        ("vedtak [øst].csv", ("vedtak [[]øst]*.csv", "min.vedtak_ost", "vedtak [øst]"), None),
        ("20241105.csv", ("20241105.csv", "min.fil", "20241105"), None),
    ],
)
def test_the_pattern_fits_the_file_and_the_next_delivery_and_no_others(write, name, proposed, fits):
    said = tomllib.loads(draft.draft(write(VEDTAK, name)))["source"]
    pattern, *_ = proposed
    assert (said["files"][0], said["id"], said["title"]) == proposed
    assert fnmatchcase(name, pattern)
    assert fits is None or fnmatchcase(fits, pattern)
    assert not fnmatchcase("besok.csv", pattern)


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


# Files of a municipality that nobody has thought of, in nynorsk; identities are synthetic.
BRUKARAR = """Fødselsnummer;Fødselsår;Kjønn;Krins;Budd her frå;Død
01814912120;1940;Kvinne;990101;01.01.2000;
02815012200;1938;Mann;990102;01.02.2001;15.11.2024
"""
UTSTYR = """Serienr,Slag,Modell,Brukar,Montert,Demontert
S1,alarm,Alarm 2,01814912120,2024-10-05,
S2,alarm,Alarm 2,02815012200,2024-10-05,2024-12-01
S3,dispensar,Dose 1,,,
"""
LOGG = """LogId,Device,Time,Event,Test
1,MD1,2024-01-01T06:02:11Z,GITT,false
2,MD1,2024-01-02T06:02:11Z,GITT,true
3,MD2,2024-01-02T06:02:11Z,TAPT,false
"""


def proposed(text):
    return {
        table["name"]: {
            name: column if isinstance(column, str) else column.get("column", "?")
            for name, column in table["columns"].items()
        }
        for table in tomllib.loads(text)["table"]
    }


def test_several_tables_are_proposed_of_one_file_and_identities_known_by_their_digits(write):
    assert proposed(draft.draft(write(BRUKARAR))) == {
        "recipients": {
            "recipient_id": "Fødselsnummer",
            "birth_year": "Fødselsår",
            "sex": "Kjønn",
            "died_on": "Død",
        },
        "residences": {
            "recipient_id": "Fødselsnummer",
            "unit": "Krins",
            "starts_on": "Budd her frå",
        },
    }
    text = draft.draft(write(UTSTYR))
    assert proposed(text) == {
        "device_assignments": {
            "device_id": "Serienr",
            "recipient_id": "Brukar",
            "starts_on": "Montert",
            "ends_on": "Demontert",
        },
        "devices": {"device_id": "Serienr", "service": "Slag", "product": "Modell"},
    }
    assert 'skip_when_missing = ["Brukar", "Montert"]' in text
    assert '# MANGLER: supplier = "" # Leverandør, må være med' in text


def test_a_column_is_told_by_its_values_where_its_name_says_nothing(write):
    text = draft.draft(
        write(
            "Nr;Person;Tiltak;Kol A;Kol B;Status\n"
            "1;01814912120;TRYGG;01.03.2024;;Innvilget\n"
            "2;02815012200;TRYGG;01.04.2024;05.05.2024;Innvilget\n"
        )
    )
    assert proposed(text) == {
        "vedtak": {
            "vedtak_id": "Nr",
            "recipient_id": "Person",
            "service": "Tiltak",
            "starts_on": "Kol A",
            "ends_on": "Kol B",
            "status": "Status",
        }
    }
    assert text.count("(gjettet av verdiene)") == 3


def test_instants_in_utc_truths_and_codes_that_lack_are_proposed(write):
    text = draft.draft(write(LOGG))
    said = tomllib.loads(text)
    assert (said["format"]["instant"], said["format"]["zone"]) == ("yyyy-mm-ddTHH:MM:SSZ", "UTC")
    assert (said["format"]["true"], said["format"]["false"]) == (["true"], ["false"])
    assert proposed(text)["device_events"]["occurred_at"] == "Time"
    assert "# MANGLER: Kodeverk, den samme for alle rader" in text
    assert "alert = varsel, dispense = utlevering, measurement = måling" in text
    with pytest.raises(MappingError, match=r"«\?» er ikke lov. Lov er: alert, dispense"):
        mapping.parse(text, name="forslag")


def test_a_word_that_is_ours_is_proposed_and_asked_about(write):
    text = draft.draft(write(BRUKARAR))
    assert '"Kvinne" = "female" # stemmer det?' in text


def test_the_sheet_with_most_in_it_is_proposed(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "v.xlsx") as book:
        book.add_worksheet("Forklaring").write(0, 0, "Se arket Uttrekk")
        page = book.add_worksheet("Uttrekk")
        for r, line in enumerate(VEDTAK.splitlines()):
            page.write_row(r, 0, line.split(";"))
    said = tomllib.loads(draft.draft(tmp_path / "v.xlsx"))
    assert said["format"]["sheet"] == "Uttrekk"
    assert said["table"][0]["name"] == "vedtak"


SERVICES = """Bruker;Tjeneste;Fra;Til
01814912120;TRYGG;01.01.2024;
02815012200;TRYGG;01.02.2024;01.03.2024
"""


def test_a_table_with_a_place_for_the_service_wins_though_it_has_gaps_to_fill(write):
    text = draft.draft(write(SERVICES, "uttrekk.csv"))
    assert proposed(text) == {
        "vedtak": {
            "recipient_id": "Bruker",
            "service": "Tjeneste",
            "starts_on": "Fra",
            "ends_on": "Til",
            "status": "?",
        }
    }
    assert '# MANGLER: vedtak_id = ""' in text
    assert "ikke er brukt" not in text


def test_what_the_file_may_be_instead_is_said_at_the_top(write):
    head, _ = draft.draft(write(SERVICES, "uttrekk.csv")).split("[source]")
    (line,) = (line for line in head.splitlines() if line.startswith("# Kan også være: "))
    assert "reablement (Hverdagsrehabilitering)" in line
    assert "vedtak (" not in line
    assert "Kan også være" not in draft.draft(write(VEDTAK, "vedtak.csv"))
