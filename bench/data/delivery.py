"""A year of visits as the home-care system exports it, as CSV and as Parquet."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from bench.data import events, people, rhythms
from bench.data.write import as_arrow
from vft.lake.on_duckdb import connect
from vft.sources.invented import identity_numbers

FILES = {"csv": "gerica_oppdrag_2024.csv", "parquet": "gerica_oppdrag_2024.parquet"}

_PILOT = 5_000
_SEED = 77
_YEAR = (2024, 2025)
#: One row in a thousand has a kind of visit that the mapping does not know.
_EXPORT = """
SELECT
    'O' || visit_id AS "Oppdragsnr",
    identity AS "Fødselsnummer",
    CASE WHEN hash(visit_id) % 1000 = 0 THEN 'XYZ' ELSE CASE kind
        WHEN 'medication' THEN 'MED' WHEN 'nursing' THEN 'SPL' WHEN 'practical_help' THEN 'PRA'
        ELSE 'TLN' END END AS "Oppdragstype",
    team AS "Team",
    {planned} AS "Planlagt",
    {planned_at} AS "Planlagt start",
    planned_minutes AS "Planlagte min",
    {started_at} AS "Utført start",
    minutes AS "Utførte min",
    travel_minutes AS "Reisetid",
    {travel_km} AS "Reise km",
    CASE status WHEN 'executed' THEN 'Utført' WHEN 'cancelled' THEN 'Avlyst'
        ELSE 'Ikke hjemme' END AS "Status"
FROM (SELECT *, local_date + local_minute * INTERVAL 1 MINUTE AS local FROM ({visits}))
JOIN identities USING (recipient_id)
ORDER BY local
"""
_AS_TEXT = {
    "planned": "CASE WHEN planned THEN 'J' WHEN NOT planned THEN 'N' END",
    "planned_at": "strftime(local, '%d.%m.%Y %H:%M')",
    "started_at": "CASE WHEN started_at IS NOT NULL THEN strftime(local, '%d.%m.%Y %H:%M') END",
    "travel_km": "replace(travel_km::VARCHAR, '.', ',')",
}
_TYPED = {
    "planned": "planned",
    "planned_at": "local",
    "started_at": "CASE WHEN started_at IS NOT NULL THEN local END",
    "travel_km": "travel_km",
}
_WRITTEN = {
    "csv": (_AS_TEXT, "FORMAT csv, DELIMITER ';', HEADER true"),
    "parquet": (_TYPED, "FORMAT parquet, COMPRESSION zstd"),
}


def write(folder: Path, rows: int) -> None:
    """Write both files, of the same rows, about ``rows`` many. Effect: a new folder."""
    folder.mkdir(parents=True)
    pilot, _ = _visits(_PILOT)
    visited, identities = _visits(max(int(_PILOT * rows / _within_the_year(pilot)), 20))
    connection = connect(temp_folder=folder / "spill")
    connection.register("visiting", as_arrow(visited))
    connection.register("identities", identities)
    days = events.visits(rhythms="visiting", first=f"{_YEAR[0]}-01-01", after=f"{_YEAR[1]}-01-01")
    for kind, (columns, options) in _WRITTEN.items():
        export = _EXPORT.format(visits=days, **columns)
        connection.execute(f"COPY ({export}) TO '{folder / FILES[kind]}' ({options})")
    connection.close()


def _visits(count: int) -> tuple[people.Columns, pa.Table]:
    rng = np.random.default_rng(_SEED)
    who = people.people(count, rng)
    born = np.datetime64("1925-01-01") + rng.integers(0, 40 * 365, count)
    numbers = identity_numbers.draw(born, rng.random(count) < 0.6, rng=rng)
    identities = pa.table(
        {"recipient_id": who.id, "identity": np.char.zfill(numbers.astype("U11"), 11)}
    )
    return rhythms.visits(who, rng), identities


def _within_the_year(visited: people.Columns) -> float:
    first, after = (
        int((np.datetime64(f"{year}-01-01") - np.datetime64("1970-01-01")).astype(int))
        for year in _YEAR
    )
    return rhythms.expected(visited, first=first, after=after)
