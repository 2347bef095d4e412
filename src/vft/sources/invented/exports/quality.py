"""``avvik.csv`` and ``kvalitet.csv``: what is reported, and how users and staff see it."""

import numpy as np
import pyarrow as pa

from vft.sources.invented.delimited import Delimited
from vft.sources.invented.exports.decisions import CODES
from vft.sources.invented.planted import DUPLICATE, Fault
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World, numbered

_ABOUT_NOBODY, _ANSWERS = 0.1, 0.3  # shares
_INCIDENTS = 0.35  # a cared-for person and year
KINDS = ("Fall", "Legemiddel", "Velferdsteknologi", "Annet")
SEVERITIES = ("Lav", "Middels", "Høy")
RESPONDENTS = ("Bruker", "Pårørende", "Ansatt")
DIMENSIONS = ("trygghet", "mestring", "selvstendighet")

SCORE_FAULTS = (
    DUPLICATE,
    Fault(name="out_of_scale", rule="out_of_range", changes={"Skår": 7}),
)


def write(world: World) -> None:
    """Write both files."""
    _write_incidents(world)
    _write_scores(world)


def _write_incidents(world: World) -> None:
    rng = stream(world.seed, "incidents")
    course, config = world.course, world.config
    start = np.maximum(course.care.start, config.first_day)
    days = np.maximum(np.minimum(course.care.end, config.last_day) - start, 0)
    person = np.repeat(np.arange(course.cared), rng.poisson(_INCIDENTS * days / 365))
    day = (start[person] + np.floor(rng.random(len(person)) * days[person])).astype(np.int32)
    n = len(person)
    table = pa.table(
        {
            "Avviksnr": numbered(np.arange(n), "AV", width=6),
            "Fødselsnummer": world.persons(np.where(rng.random(n) < _ABOUT_NOBODY, -1, person)),
            "Enhet": world.unit_of(person, day),
            "Dato": world.clock.dates(day),
            "Type": pa.array(KINDS).take(
                pa.array(np.searchsorted(np.array([0.45, 0.75, 0.85]), rng.random(n)))
            ),
            "Alvorlighet": pa.array(SEVERITIES).take(
                pa.array(np.searchsorted(np.array([0.6, 0.92]), rng.random(n)))
            ),
        }
    )
    file = "avvik.csv"
    table = world.planted.into(table, DUPLICATE, file=file, table="incidents", key="Avviksnr")
    with Delimited(world.exports / file) as out:
        out.write(table)


def _write_scores(world: World) -> None:
    """Some users, next of kin and staff answer, a month or more after technology came."""
    rng = stream(world.seed, "scores")
    cases, config = world.cases, world.config
    day = cases.start + rng.integers(30, 400, len(cases))
    asked = (day >= config.first_day) & (day < np.minimum(cases.end, config.last_day))
    case = np.flatnonzero(asked & (rng.random(len(cases)) < _ANSWERS))
    n = len(case)
    score = np.clip(np.round(rng.normal(4.4, 1.0, n)), 1, 6).astype(int)
    table = pa.table(
        {
            "Svarnr": numbered(np.arange(n), "K", width=6),
            "Fødselsnummer": world.persons(cases.person[case]),
            "Enhet": world.unit_of(cases.person[case], day[case]),
            "Tjeneste": pa.array(CODES).take(pa.array(cases.service[case])),
            "Svarer": pa.array(RESPONDENTS).take(pa.array(rng.integers(0, 3, n))),
            "Dimensjon": pa.array(DIMENSIONS).take(pa.array(rng.integers(0, 3, n))),
            "Dato": world.clock.dates(day[case]),
            "Skår": pa.array(score),
        }
    )
    file = "kvalitet.csv"
    table = world.planted.into(
        table, *SCORE_FAULTS, file=file, table="quality_scores", key="Svarnr"
    )
    with Delimited(world.exports / file) as out:
        out.write(table)
