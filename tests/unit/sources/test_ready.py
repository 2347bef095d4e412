"""The mappings that come with the package read the files that come with it, and small samples."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from vft.sources import mapping, read

DATA = Path(str(files("vft.sources") / "data"))

# mapping → a file as a municipality would write it
SAMPLES = {
    "vft.units": "kode;navn;nivå;overordnet;fra_dato;til_dato\n0301;Oslo;kommune;;2004-01-01;\n",
    "vft.unit_successions": "tidligere_enhet;ny_enhet;endret_dato;endring\n1;2;2026-01-01;deling\n",
    "vft.groupings": "gruppering;grupperingens_navn;gruppe;gruppens_navn;enhet;fra_dato;til_dato\n"
    "team;Team;T1;Team 1;030101;2020-01-01;2024-01-01\n",
    "vft.reporting_groups": "gruppe;gruppens_navn;tjeneste\nALARM;Alarmer;GPS\n",
    "vft.population": "enhet;år;alder;kjønn;variant;personer\n0301;2024;80;kvinne;talt;1 234\n",
    "vft.distribution_keys": "nøkkel;år;enhet;andel\nFO3;2024;030101;6,45\n",
    "vft.unit_prices": "pris;navn;beløp;per;timebegrep;tid_på_døgnet;prisår;fra_dato;til_dato;"
    "kilde;eier\nhjemme;Hjemmetjeneste;426,00;time;betalt;alle;2021;2021-01-01;;Rapport;Økonomi\n",
    "vft.annotations": "nummer;fra_dato;til_dato;enhet;tjeneste;tekst\n1;2020-03-12;;;;Pandemi\n",
}


@pytest.mark.parametrize("source", SAMPLES)
def test_reference_tables_are_plain_files(write, source):
    (batch,) = read.open_delivery(write(SAMPLES[source]), mapping.ready()[source]).batches()
    assert batch.faults.to_pylist() == []
    ((name, rows),) = batch.tables.items()
    assert name == source.removeprefix("vft.")
    assert rows.num_rows == 1


def test_published_counts_are_ingested_like_anything_else():
    path = DATA / "published-counts.csv"
    chosen = mapping.choose(path, mapping.ready())
    assert chosen is not None
    (batch,) = read.open_delivery(path, chosen).batches()
    assert batch.faults.to_pylist() == []
    assert batch.tables["published_counts"].num_rows == 27
    found = {
        (r["level"], r["unit"], r["service"], r["counted_on"]): r["value"]
        for r in batch.tables["published_counts"].to_pylist()
    }
    assert found["municipality", "Oslo", "TA", date(2024, 11, 30)] == 11_500
    assert found["municipality", "Oslo", "DMS", date(2019, 3, 28)] == 632
    assert found["district", "Alna", "DMS", date(2017, 6, 30)] == 0


@pytest.mark.parametrize(
    ("name", "source", "rows"),
    [("oslo-enheter.csv", "vft.units", 18), ("oslo-grupperinger.csv", "vft.groupings", 18)],
)
def test_oslos_facts_are_written_as_any_municipality_would(name, source, rows):
    (batch,) = read.open_delivery(DATA / name, mapping.ready()[source]).batches()
    assert batch.faults.to_pylist() == []
    assert [t.num_rows for t in batch.tables.values()] == [rows]
