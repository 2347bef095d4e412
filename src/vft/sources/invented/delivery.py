"""Write all files of an invented municipality, in the order a municipality would send them."""

from pathlib import Path

import pyarrow as pa

from vft.sources.invented import Progress, Written, bad, corrections, happenings, scales, truth
from vft.sources.invented.corrections import Later
from vft.sources.invented.exports import (
    alarms,
    assessments,
    decisions,
    doses,
    equipment,
    invoices,
    ledger,
    measurements,
    quality,
    recipients,
    reference,
    responses,
    stays,
    visits,
)
from vft.sources.invented.exports.decisions import Decisions
from vft.sources.invented.world import World, build

_STEPS = 100


def write(
    folder: Path, *, scale: str, seed: int, size: float, on_progress: Progress | None
) -> Written:
    """As :func:`vft.sources.invented.write`."""
    written = Written(
        exports=folder / "exports",
        corrections=folder / "corrections",
        bad=folder / "bad",
        truth=folder / "truth",
    )
    for path in vars(written).values():
        path.mkdir(parents=True, exist_ok=True)
    tell = on_progress or (lambda _done, _all: None)
    world = build(scales.scaled(scales.ALL[scale](), size), written.exports, seed=seed)
    tell(5, _STEPS)
    granted = _registers(world)
    tell(20, _STEPS)
    later = _logs(world, tell)
    ended = corrections.write(world, granted, later, folder=written.corrections)
    bad.write(world, granted, folder=written.bad, truth=written.truth)
    truth.write(world, ended, folder=written.truth)
    tell(_STEPS, _STEPS)
    return written


def _registers(world: World) -> Decisions:
    reference.write(world)
    recipients.write(world)
    granted = decisions.write(world)
    equipment.write(world)
    assessments.write(world)
    stays.write(world)
    quality.write(world)
    invoices.write(world)
    ledger.write(world)
    return granted


def _logs(world: World, tell: Progress) -> Later:
    alarm = happenings.alarms(world)
    alarms.write(world, alarm)
    given = doses.doses(world)
    late_doses = doses.write(world, given)
    measurements.write(world)
    tell(35, _STEPS)
    handled = responses.respond(world, alarm, given.take(given.code == doses.MISSED))
    responses.write(world, handled)
    tell(45, _STEPS)
    found = visits.Later()
    for share in visits.write(world, responses.call_outs(world, handled), found):
        tell(45 + round(50 * share), _STEPS)
    return Later(
        late_visits=pa.concat_tables(found.late),
        changed_visits=pa.concat_tables(found.changed),
        late_doses=late_doses,
    )
