"""Write all files of an invented municipality, in the order a municipality would send them."""

from pathlib import Path

from vft.sources.invented import Progress, Written, happenings, scales
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
from vft.sources.invented.scales import Scale
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
    world = _world(scales.scaled(scales.ALL[scale](), size), written.exports, seed)
    tell(5, _STEPS)
    _registers(world)
    tell(20, _STEPS)
    _logs(world, tell)
    tell(_STEPS, _STEPS)
    return written


def _world(scale: Scale, exports: Path, seed: int) -> World:
    return build(
        scale.config,
        scale.geography,
        exports,
        seed=seed,
        exchange=scale.exchange,
        share_of_faults=scale.share_of_faults,
        parquet=scale.parquet,
    )


def _registers(world: World) -> None:
    reference.write(world)
    recipients.write(world)
    decisions.write(world)
    equipment.write(world)
    assessments.write(world)
    stays.write(world)
    quality.write(world)
    invoices.write(world)
    ledger.write(world)


def _logs(world: World, tell: Progress) -> None:
    alarm = happenings.alarms(world)
    alarms.write(world, alarm)
    given = doses.doses(world)
    doses.write(world, given)
    measurements.write(world)
    tell(35, _STEPS)
    handled = responses.respond(world, alarm, given.take(given.code == doses.MISSED))
    responses.write(world, handled)
    tell(45, _STEPS)
    for share in visits.write(world, responses.call_outs(world, handled)):
        tell(45 + round(50 * share), _STEPS)
