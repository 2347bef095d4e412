"""What commands say on a terminal of 80 columns."""

import publication_sample
import pytest
from publication_sample import Sample, write
from small_exports import UNITS, vedtak
from typer.testing import CliRunner

from vft.commands import app
from vft.errors import NothingPublished, VftError

BEFORE = {
    ("concurrent", "ALARM", "0301", "2024-10"): 7,
    ("concurrent", "TA", "LDS", "2024-10"): 5,
    ("concurrent", "DT", "030101", "2024-10"): 4,
    ("vedtak_only", "TA", "0301", "2024-10"): 3,
}


@pytest.fixture
def vft(monkeypatch, tmp_path):
    monkeypatch.setenv("VFT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments):
        return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False).output

    return run


def test_corrections_come_by_name_and_the_widest_first(vft, tmp_path):
    write(tmp_path / "home" / "publications", Sample(before=BEFORE))
    said = vft("publication", "show")
    lines = [line for line in said.splitlines() if line.startswith("2024-10")]
    wanted = (
        ("Trygghetsalarm: bare vedtak", "Oslo"),
        ("Alarmer: samtidige", "Oslo"),
        ("Digitalt tilsyn: samtidige", "Gamle Oslo"),
        ("Trygghetsalarm: samtidige", "Lovisenberg"),
    )
    order = [next(n for n, line in enumerate(lines) if what in line) for what, _ in wanted]
    assert order == sorted(order), said
    for line, (what, unit) in zip((lines[n] for n in order), wanted, strict=True):
        assert what in line
        assert unit in line
    assert "som den gang" in said
    assert "som nå" in said


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("EPJ uten TA", "Trygghetsalarm: EPJ uten TA"),
        ("Uten TA", "Trygghetsalarm: uten TA"),
    ],
)
def test_names_keep_their_capitals_inside_a_sentence(title, told, vft, tmp_path, monkeypatch):
    monkeypatch.setattr(publication_sample, "MEASURES", [("concurrent", title)])
    write(tmp_path / "home" / "publications", Sample(before=BEFORE))
    assert told in vft("publication", "show")


def test_times_are_norwegian(vft, tmp_path):
    write(tmp_path / "home" / "publications", Sample())
    assert "15.12.2024 07:30" in vft("publication", "list")
    assert "15.12.2024 07:30" in vft("publication", "show")


def test_a_publication_that_is_not_there_is_not_another(vft, tmp_path):
    write(tmp_path / "home" / "publications", Sample())
    assert "Publisering 1," in vft("publication", "show", 1)
    for number in (0, 2):
        with pytest.raises(NothingPublished):
            vft("publication", "show", number)


def test_before_anything_is_published_the_list_says_so(vft):
    said = vft("publication", "list")
    assert said == "Ingen tall er publisert ennå.\n"


def test_a_difference_is_of_an_indicator_that_there_is(vft, tmp_path):
    write(tmp_path / "home" / "publications", Sample(before=BEFORE))
    said = vft("publication", "diff", 1, 2, "--indicator", "concurrent_users")
    assert "8 tall er ulike" in said
    wrong = r"Publisering 1 har ingen indikator «tull»\. Den har: concurrent_users"
    with pytest.raises(VftError, match=wrong):
        vft("publication", "diff", 1, 2, "--indicator", "tull")
    with pytest.raises(VftError, match=r"Publisering 2 har ingen indikator «tull»\."):
        vft("publication", "show", "--indicator", "tull")


def test_a_difference_is_from_the_older_to_the_newer(vft, tmp_path):
    write(tmp_path / "home" / "publications", Sample(before=BEFORE))
    with pytest.raises(VftError, match=r"Publisering 2 er nyere enn 1\. Skriv den eldste først"):
        vft("publication", "diff", 2, 1)


def test_sources_fit_a_terminal(vft):
    said = vft("source", "list")
    for whole in ("(alarm.logg)", "filer: alarmlogg*.txt", "gir:   hendelser fra utstyr"):
        assert whole in said
    assert "…" not in said


def test_a_file_that_is_not_there_is_said(vft, tmp_path):
    for command in ("check", "draft"):
        with pytest.raises(VftError, match=r"borte.csv finnes ikke"):
            vft("source", command, tmp_path / "borte.csv")


@pytest.mark.django_db
def test_an_empty_list_of_deliveries_says_so(vft):
    assert "Ingen leveranser." in vft("deliveries")


@pytest.mark.django_db
def test_invented_and_real_persons_are_kept_apart(vft, tmp_path):
    home, real = tmp_path / "home", tmp_path / "real"
    demo = home / "demo" / "small" / "exports"
    for folder in (real, demo):
        folder.mkdir(parents=True)
        (folder / "enheter.csv").write_text(UNITS, encoding="utf-8")
    with pytest.raises(VftError, match="må ikke blandes"):
        vft("ingest", real, "--no-publish")
    assert "Ingen leveranser." in vft("deliveries")
    assert f"Leser inn i {home}" in vft("ingest", demo, "--no-publish")
    assert "enheter.csv" in vft("ingest", real, "--no-publish", "--into-demo")


def test_a_contract_says_all_that_a_mapping_must(vft):
    listed = vft("source", "contracts")
    assert "vedtak: Vedtak (12 kolonner)" in listed
    assert max(map(len, listed.splitlines())) <= 80
    said = vft("source", "contracts", "responses")
    assert "received_at (tidspunkt, må være med)" in said
    assert "answered_at (tidspunkt)\n" in said
    assert "Saken er besvart før den ble mottatt." in said
    with pytest.raises(VftError, match=r"Ingen tabell heter «vedtk»\. Mente du «vedtak»\?"):
        vft("source", "contracts", "vedtk")


@pytest.mark.django_db
def test_refused_rows_say_how_they_are_mended(vft, tmp_path):
    (tmp_path / "enheter.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "gerica_tjenester.csv").write_text(vedtak(ends_on="01.01.2024"), encoding="utf-8")
    vft("ingest", tmp_path, "--no-publish")
    said = " ".join(vft("quarantine").split())
    assert "1 Til dato: Til-dato er før fra-dato." in said
    assert "Slik rettes det: Rett datoene i fagsystemet." in said
    assert "For eksempel gerica_tjenester.csv rad 10" in said
