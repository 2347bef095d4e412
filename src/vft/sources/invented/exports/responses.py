"""``responslogg_<year>.csv``: how the response service handled what it received.

58 in a hundred real alarms are clarified there; call-outs become visits.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from vft.sources.invented.arrays import Bools, Days, Numbers
from vft.sources.invented.config import NEVER
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.exports.visits import CALL_OUT, Visits
from vft.sources.invented.happenings import PLANNED, TECHNICAL, Happenings
from vft.sources.invented.planted import DUPLICATE, Fault
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World, numbered

OUTCOMES = ("AVKLART", "VIDEREFORMIDLET", "UTRYKNING", "PRØVE", "TEKNISK", "IKKE SVAR")
CLARIFIED = 0.58
_SHARES = np.cumsum([CLARIFIED, 0.22, 0.16])
_CALLED_OUT = 2
_MENDED = 0.7  # share of technical messages that the vendor sees to

FAULTS = (
    DUPLICATE,
    Fault(name="unknown_code", rule="unknown_code", changes={"Utfall": "ANNET"}),
    Fault(
        name="answered_before_received",
        rule="answered_before_received",
        changes={"Mottatt": "02.01.2024 12:00:00", "Besvart": "02.01.2024 11:59:00"},
    ),
)


@dataclass(frozen=True, kw_only=True)
class Responses:
    """Arrays by case at the response service. Seconds after the day's midnight; −1 for never."""

    about: Happenings
    received: Numbers
    answered: Numbers
    dispatched: Numbers
    closed: Numbers
    outcome: Numbers


def respond(world: World, alarms: Happenings, missed_doses: Happenings) -> Responses:
    """Handle every alarm and missed dose; most technical messages need nobody."""
    rng = stream(world.seed, "responses")
    silent = TECHNICAL[alarms.code] & (rng.random(len(alarms)) < _MENDED)
    silent |= PLANNED[alarms.code]
    about = alarms.take(~silent)
    technical = np.concatenate([TECHNICAL[about.code], np.zeros(len(missed_doses), bool)])
    every = Happenings(
        **{k: np.concatenate([v, vars(missed_doses)[k]]) for k, v in vars(about).items()}
    )
    order = np.lexsort((every.second, every.day))
    return _handled(every.take(order), technical[order], rng)


def _handled(about: Happenings, technical: Bools, rng: np.random.Generator) -> Responses:
    n = len(about)
    outcome = np.searchsorted(_SHARES, rng.random(n))
    outcome = np.select([about.test, technical, outcome == len(_SHARES)], [3, 4, 5], outcome)
    received = about.second + rng.integers(2, 15, n)
    answered = received + 5 + (40 * rng.standard_exponential(n)).astype(np.int64)
    closed = answered + 60 + (240 * rng.standard_exponential(n)).astype(np.int64)
    sent = (outcome == _CALLED_OUT) | (outcome == 1)
    return Responses(
        about=about,
        received=received,
        answered=np.where(outcome == len(OUTCOMES) - 1, -1, answered),
        dispatched=np.where(sent, answered + rng.integers(20, 200, n), -1),
        closed=closed + np.where(sent, 1200, 0),
        outcome=outcome,
    )


def call_outs(world: World, found: Responses) -> Visits:
    """The visits that call-outs became: unplanned, some minutes after they were sent."""
    rng = stream(world.seed, "call-outs")
    rows = np.flatnonzero(found.outcome == _CALLED_OUT)
    n = len(rows)
    at = found.dispatched[rows] + rng.integers(420, 2400, n)
    day = (found.about.day[rows] + at // 86_400).astype(np.int32)
    keep = day < world.config.last_day
    n, rows, day, at = int(keep.sum()), rows[keep], day[keep], at[keep]
    return Visits(
        person=world.cases.person[found.about.case[rows]],
        kind=np.full(n, CALL_OUT, np.int8),
        status=np.zeros(n, np.int8),
        planned_day=np.full(n, NEVER, np.int32),
        planned_minute=np.zeros(n, np.int64),
        planned_minutes=np.full(n, -1),
        day=day,
        minute=world.clock.existing(day, at % 86_400) // 60,
        minutes=np.clip(rng.normal(22, 8, n), 5, 90).astype(np.int64),
        travel=rng.integers(4, 18, n),
    )


def write(world: World, found: Responses) -> None:
    """One file a year."""
    for year, first, last in world.years:
        rows = np.flatnonzero((found.about.day >= first) & (found.about.day < last))
        file = f"responslogg_{year}.csv"
        table = world.planted.into(
            table_of(world, found, rows), *FAULTS, file=file, table="responses", key="Saksnr"
        )
        with Delimited(world.exports / file) as out:
            out.write(table)


def table_of(world: World, found: Responses, rows: Numbers) -> pa.Table:
    """The vendor's columns."""
    about = found.about.take(rows)
    return pa.table(
        {
            "Saksnr": numbered(rows, "R", width=8),
            "Enhet": world.device_id.take(pa.array(about.device)),
            "Fødselsnummer": world.persons(world.cases.person[about.case]),
            "Mottatt": _time(world, about.day, found.received[rows]),
            "Besvart": _time(world, about.day, found.answered[rows]),
            "Utrykning": _time(world, about.day, found.dispatched[rows]),
            "Avsluttet": _time(world, about.day, found.closed[rows]),
            "Utfall": pa.array(OUTCOMES).take(pa.array(found.outcome[rows])),
        }
    )


def _time(world: World, day: Days, second: Numbers) -> pa.Array:
    there = second >= 0
    return world.clock.seconds(np.where(there, day, NEVER), np.where(there, second, 0))
