"""The later delivery: vedtak that had ended, visits wrong or late, doses that came late."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from vft.sources.invented.arrays import Days, Numbers
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.exports import decisions
from vft.sources.invented.exports.decisions import Decisions
from vft.sources.invented.parquet import Parquet
from vft.sources.invented.world import World

VEDTAK = "gerica_tjenester_rettelser.csv"
VISITS = "gerica_oppdrag_rettelser"
DOSES = "dispenserlogg_rettelser.csv"


@dataclass(frozen=True, kw_only=True)
class Later:
    """What the main delivery kept back, as the vendors write it."""

    late_visits: pa.Table
    changed_visits: pa.Table
    late_doses: pa.Table


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """What the corrections say: how many rows, and when vedtak ended after all (by case)."""

    rows: list[dict[str, str | int]]
    vedtak_end: Days


def write(world: World, granted: Decisions, later: Later, *, folder: Path) -> Corrected:
    """Write the three files; gives what they change."""
    vedtak, case, day = decisions.corrected(world, granted)
    with Delimited(folder / VEDTAK) as out:
        out.write(vedtak)
    with Delimited(folder / DOSES, delimiter=",") as out:
        out.write(later.late_doses)
    visits = folder / f"{VISITS}.{'parquet' if world.parquet else 'csv'}"
    with Parquet(visits) if world.parquet else Delimited(visits) as out:
        out.write(pa.concat_tables([later.changed_visits, later.late_visits]))
    return Corrected(
        rows=[
            {"file": VEDTAK, "table": "vedtak", "added": 0, "changed": vedtak.num_rows},
            {
                "file": visits.name,
                "table": "visits",
                "added": later.late_visits.num_rows,
                "changed": later.changed_visits.num_rows,
            },
            {
                "file": DOSES,
                "table": "device_events",
                "added": later.late_doses.num_rows,
                "changed": 0,
            },
        ],
        vedtak_end=_ended(world, case, day),
    )


def _ended(world: World, case: Numbers, day: int) -> Days:
    end = world.cases.vedtak_end.copy()
    end[case] = day
    return end
