"""``gerica_iplos.csv``: a line with the need of help for each assessment, then a line an item."""

import numpy as np
import pyarrow as pa

from vft.sources.invented.arrays import Days, Floats, Numbers
from vft.sources.invented.config import PERIOD
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.planted import DUPLICATE, Fault
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World

NEEDS = ("Noe/avgrenset", "Middels til stort", "Omfattende")
#: The register's own item list is not public: items are numbered. The last five tell the segment.
ITEMS = tuple(f"V{n:02d}" for n in range(1, 21))
_COGNITIVE = 15
_NOT_RELEVANT = 0.04  # share of scores
_EVERY = 365  # days between assessments

FAULTS = (
    DUPLICATE,
    Fault(name="unknown_code", rule="unknown_code", changes={"Bistandsbehov": "Ukjent behov"}),
)


def write(world: World) -> None:
    """At the first day under care in the window, and every year from then on."""
    rng = stream(world.seed, "assessments")
    person, day = _occasions(world)
    severity = world.course.people.severity[person]
    drift = 0.15 * (day - world.course.people.present[person]) / _EVERY
    state = severity + drift + 0.3 * rng.standard_normal(len(person))
    need = np.searchsorted(np.array([-0.3, 0.9]), state)
    scores = _scores(world, person, state, rng)
    file = "gerica_iplos.csv"
    summaries = world.planted.into(
        _lines(world, person, day, need=need), *FAULTS, file=file, table="assessments"
    )
    row = np.repeat(np.arange(len(person)), len(ITEMS))
    items = _lines(world, person[row], day[row], scores=scores.ravel())
    with Delimited(world.exports / file) as out:
        out.write(pa.concat_tables([summaries, items]))


def _occasions(world: World) -> tuple[Numbers, Days]:
    course, config = world.course, world.config
    known = np.flatnonzero(world.residents.known[: course.cared])
    start = np.maximum(course.care.start[known], config.first_day - 6 * PERIOD)
    end = np.minimum(course.care.end[known], config.last_day)
    count = np.where(end > start, (end - start - 1) // _EVERY + 1, 0)
    row = np.repeat(np.arange(len(known)), count)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return known[row], (start[row] + nth * _EVERY).astype(np.int32)


def _scores(world: World, person: Numbers, state: Floats, rng: np.random.Generator) -> Numbers:
    """Assessments × items, 1–5, 9 where an item is not relevant."""
    segment = world.course.people.segment[person]
    shape = (len(person), len(ITEMS))
    cognitive = np.arange(len(ITEMS)) >= _COGNITIVE
    level = 2 + 0.7 * state[:, None] + 1.3 * cognitive * segment[:, None]
    score = np.clip(np.round(level + 0.6 * rng.standard_normal(shape)), 1, 5)
    return np.where(rng.random(shape) < _NOT_RELEVANT, 9, score).astype(np.int64)


def _lines(
    world: World,
    person: Numbers,
    day: Days,
    *,
    need: Numbers | None = None,
    scores: Numbers | None = None,
) -> pa.Table:
    n = len(person)
    nothing = pa.nulls(n, pa.string())
    item = np.tile(np.arange(len(ITEMS)), n // len(ITEMS) + 1)[:n]
    return pa.table(
        {
            "Fødselsnummer": world.persons(person),
            "Kartlagt": world.clock.dates(day),
            "Bistandsbehov": nothing if need is None else pa.array(NEEDS).take(pa.array(need)),
            "Variabel": nothing if scores is None else pa.array(ITEMS).take(pa.array(item)),
            "Skår": pa.nulls(n, pa.int64()) if scores is None else pa.array(scores),
        }
    )
