"""What an ingest came to, in sentences that leave nothing to guess."""

from datetime import UTC, datetime

import pytest
from visible import rows

from vft.commands.deliveries import show_deliveries
from vft.lake.deliveries import Delivery
from vft.pipeline.run import Published

NOW = datetime(2025, 1, 1, tzinfo=UTC)


def delivery(row):
    return Delivery(
        delivery=1,
        source="test",
        file_name="fil.csv",
        sha256="",
        mapping_sha256="",
        bytes=1,
        received_at=NOW,
        status=row["status"],
        refused_reason="Den er tom." if row["status"] == "refused" else None,
        **{name: int(row[name] or 0) for name in ("rows_read", "rows_bad", "added", "changed")},
    )


def said(capsys, text):
    show_deliveries([delivery(row) for row in rows(text)])
    return capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").splitlines()


SEE = "Se hva som er galt, og hvordan det rettes: vft quarantine"
SINCE = "som alt var publisert, er rettet."
HEADING = "status | rows_read | rows_bad | added | changed"


@pytest.mark.parametrize(
    ("deliveries", "says"),
    [
        (
            "loaded | 1000 | 3 | 997 | 0 \n loaded | 500 | 1 | 490 | 9 \n loaded | 7 | 0 | 7 | 0",
            [
                "1 494 nye rader. 9 tidligere rader ble rettet.",
                f"4 av 1 507 leste rader har feil og står i karantene. De kom fra 2 filer. {SEE}",
            ],
        ),
        (
            "loaded | 10 | 0 | 10 | 0",
            ["10 nye rader. Ingen tidligere rader ble rettet.", "0 rader i karantene."],
        ),
        (
            "loaded | 2 | 1 | 0 | 1",
            [
                "Ingen nye rader. 1 tidligere rad ble rettet.",
                f"1 av 2 leste rader har feil og står i karantene. De kom fra 1 fil. {SEE}",
            ],
        ),
        ("unchanged | 10 | 0 | 0 | 0", ["Ingenting er endret: alle filene er lest før."]),
        ("refused | 0 | 0 | 0 | 0", ["1 fil er avvist. Ingenting fra den er tatt inn."]),
        (
            "unchanged | 0 | 0 | 0 | 0",
            ["", "Filen har ingen rader: fil.csv. Ingenting er tatt inn derfra."],
        ),
        (
            "unchanged | 0 | 0 | 0 | 0 \n unchanged | 0 | 0 | 0 | 0 \n unchanged | 9 | 0 | 0 | 0",
            ["", "2 filer har ingen rader: fil.csv, fil.csv. Ingenting er tatt inn derfra."],
        ),
    ],
)
def test_the_sum_is_said_plainly(capsys, monkeypatch, deliveries, says):
    monkeypatch.setenv("COLUMNS", "200")
    assert said(capsys, f"{HEADING}\n{deliveries}")[-len(says) :] == says


def test_a_file_without_rows_is_never_called_unchanged(capsys):
    table = "\n".join(said(capsys, f"{HEADING}\nunchanged | 0 | 0 | 0 | 0"))
    assert "uten rader" in table
    assert "uendret" not in table


def test_why_a_file_was_refused_names_it_once(capsys):
    lines = said(capsys, f"{HEADING}\nrefused | 0 | 0 | 0 | 0")
    assert "Filen fil.csv er avvist: Den er tom." in lines


@pytest.mark.parametrize(
    ("published", "says"),
    [
        (Published(number=1, figures=22799), "Publisering 1, den første: 22 799 tall."),
        (
            Published(number=2, figures=9),
            f"Publisering 2: 9 tall. Ingen tall {SINCE}",
        ),
        (
            Published(number=3, figures=9, corrections=1290),
            f"Publisering 3: 9 tall. 1 290 tall {SINCE}",
        ),
    ],
)
def test_a_publication_says_what_it_corrected(published, says):
    assert published.sentence().replace("\N{NO-BREAK SPACE}", " ") == says
