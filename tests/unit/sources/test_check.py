from datetime import date

from vft.sources import check

HEADER = "Oppdrag;Fødselsnr;Type;Planlagt;Start;Min;Km;Merknad\n"
GOOD = "{};01814912120;MED;J;{}.01.2024 00:30:00;12;1,5;x\n"


def test_a_check_tells_what_would_be_read_and_what_is_wrong(write, visits):
    path = write(
        HEADER
        + "".join(GOOD.format(i, day) for i, day in enumerate(("03", "15", "27")))
        + "".join(f"{i};01814912120;{code};J;;;;\n" for i, code in enumerate("ABCD"))
        + "x;feil;A;J;;;;\n"
        + "avkortet\n"
    )
    report = check.check(path, visits())
    assert report.rows_read == 9
    assert report.rows_bad == 6
    assert report.rows_by_table == {"visits": 3}
    assert report.columns_unused == ("Merknad",)
    assert (report.first_date, report.last_date) == (date(2024, 1, 3), date(2024, 1, 27))
    found = [(f.rule, f.vendor_column, f.rows, f.examples) for f in report.faults]
    assert found == [
        ("unknown_code", "Type", 5, [(5, "A"), (6, "B"), (7, "C")]),
        ("not_an_identity", "Fødselsnr", 1, [(9, "feil")]),
        ("too_few_fields", None, 1, [(10, None)]),
    ]
    assert report.refused_kind == "too_many_bad_rows"
    assert "6 av 9 rader kan ikke brukes, og grensen er 20 %" in (report.refused or "")


def test_a_good_file_is_described_in_sentences(write, visits):
    report = check.check(write(HEADER + GOOD.format(1, "03")), visits())
    assert list(report.sentences()) == [
        "1 rad lest, 0 av dem kan ikke brukes.",
        "Besøk: 1 rad.",
        "Fra 03.01.2024 til 03.01.2024.",
        "Kolonner som ikke brukes: Merknad.",
    ]


def test_a_file_with_its_heading_only_is_said_to_have_no_rows(write, visits):
    path = write(HEADER)
    assert list(check.check(path, visits()).sentences()) == [
        f"Filen har ingen rader: {path.name}. Bare overskriftene er der."
    ]


def test_faults_are_told_with_row_and_value(write, visits):
    lines = "".join(GOOD.format(i, "03") for i in range(9))
    report = check.check(write(HEADER + lines + GOOD.format(9, "32")), visits())
    assert list(report.sentences())[-1] == (
        "«Start»: Verdien er ikke et tidspunkt slik tilordningen beskriver tidspunkter. "
        "1 rad, for eksempel rad 11 «32.01.2024 00:30:00»."
    )


def test_a_file_that_would_be_refused_is_a_report_and_no_error(write, visits):
    report = check.check(write(""), visits())
    assert report.refused_kind == "empty"
    assert list(report.sentences()) == [report.refused]
