"""Same seed, same bytes; synthetic persons only; truth never where files are received."""

import hashlib
import re

import pyarrow.parquet as pq

from vft.benefits.price_list import packaged
from vft.sources import invented


def _hashes(folder):
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(written, tmp_path):
    again = invented.write(tmp_path, scale="small", seed=7)

    assert _hashes(again.exports.parent) == _hashes(written.exports.parent)


def test_another_seed_gives_another_municipality(written, tmp_path):
    other = _hashes(invented.write(tmp_path, scale="small", seed=8).exports)
    same = {n for n, h in _hashes(written.exports).items() if other.get(n) == h}

    assert "gerica_brukere.csv" not in same
    assert "enheter.csv" in same


def test_every_identity_number_is_synthetic(written):
    text = "".join(
        p.read_text(encoding="windows-1252" if p.suffix == ".txt" else "utf-8")
        for folder in (written.exports, written.corrections)
        for p in folder.iterdir()
        if p.suffix in (".csv", ".txt")
    )
    numbers = set(re.findall(r"(?<!\d)\d{11}(?!\d)", text))

    assert len(numbers) > 200
    assert {n for n in numbers if not 81 <= int(n[2:4]) <= 92} == set()


def test_truth_stays_out_of_the_exports(written):
    assert not [p for p in written.exports.rglob("*") if "truth" in p.name or p.is_dir()]
    for path in written.exports.iterdir():
        assert b"untreated" not in path.read_bytes(), path.name
    assert "minutes_untreated" in pq.read_schema(written.truth / "panel.parquet").names


def test_it_tells_how_far_it_has_come(tmp_path):
    told = []
    invented.write(tmp_path, scale="small", size=0.3, on_progress=lambda *t: told.append(t))

    assert told == sorted(told)
    assert told[-1] == (100, 100)
    assert len(told) > 4


def test_the_small_one_is_small(tables):
    assert 200 <= len({r["recipient_id"] for r in tables["recipients"]}) <= 400
    assert 40_000 <= len(tables["visits"]) <= 100_000


def test_its_prices_have_the_codes_that_cases_and_commands_know(tables):
    codes = {row["price"] for row in tables["unit_prices"]}
    assert codes == {"home-care-hour-paid", "home-care-hour-direct", "state-km"}
    assert codes <= {price.price for price in packaged()}
