"""What really happened, for tests and for nobody else: never where files are received."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vft.sources.invented.arrays import Bools, Days, Numbers
from vft.sources.invented.corrections import Corrected
from vft.sources.invented.panel import panel
from vft.sources.invented.registers import SERVICES
from vft.sources.invented.world import World


def write(world: World, corrected: Corrected, *, folder: Path) -> None:
    """Write the truth.

    ``panel.parquet``: recipient × 28 days, observed and untreated, see :mod:`.panel`.
    ``persons.parquet``: dates with and without technology. ``users.parquet``: per month end,
    service and finest unit (null: no known home) what the registers must give, after the first
    delivery and after the corrections. ``faults.json``, ``corrections.json``, ``planted.json``:
    the accounts.
    """
    _write_panel(world, folder / "panel.parquet")
    pq.write_table(_persons(world), folder / "persons.parquet")
    users = pa.concat_tables(
        [
            _users(world, world.cases.vedtak_end, delivery="exports"),
            _users(world, corrected.vedtak_end, delivery="corrections"),
        ]
    )
    pq.write_table(users, folder / "users.parquet")
    for name, account in (
        ("faults.json", world.planted.rows),
        ("corrections.json", corrected.rows),
        ("planted.json", _planted(world)),
    ):
        text = json.dumps(account, indent=1, ensure_ascii=False)
        (folder / name).write_text(text, encoding="utf-8")


def users_at(world: World, month: str) -> dict[str, int]:
    """Concurrent users by service at the end of a month, as the first delivery has them."""
    number = int(np.datetime64(month, "M").astype(int))
    day = next(last - 1 for name, _, last in world.months if name == number)
    table = _at(world, world.cases.vedtak_end, number, day, "exports")
    service, users = table["service"].to_numpy(), table["concurrent"].to_numpy()
    return {s: int(users[service == s].sum()) for s in SERVICES}


def _write_panel(world: World, path: Path) -> None:
    table = panel(world.course)
    person = table["person"].to_numpy()
    period = table["period"].to_numpy()
    table = table.append_column("identity", world.persons(person))
    table = table.append_column("visit_minutes", pa.array(world.work.minutes[person, period]))
    table = table.append_column("night_checks", pa.array(world.work.checks[person, period]))
    known = world.residents.known[person]
    pq.write_table(table.filter(pa.array(known)), path)


def _persons(world: World) -> pa.Table:
    course, residents = world.course, world.residents
    who = np.flatnonzero(residents.known)
    columns = {
        "entered_on": course.people.entry,
        "died_on": course.died,
        "moved_out_on": course.moved_out,
        "institution_on": course.institution,
        "institution_on_untreated": course.institution_untreated,
        **{f"{s.lower()}_from": course.services[s].start for s in SERVICES},
        **{f"{s.lower()}_until": course.services[s].end for s in SERVICES},
    }
    return pa.table(
        {
            "identity": world.persons(who),
            "way": pa.array(course.people.way[who]),
            "district": pa.array(course.people.district[who]),
            "segment": pa.array(course.people.segment[who]),
            "severity": pa.array(course.people.severity[who]),
            **{
                name: pa.array(world.clock.date(day[who]).astype("datetime64[D]"))
                for name, day in columns.items()
            },
        }
    )


def _users(world: World, vedtak_end: Days, *, delivery: str) -> pa.Table:
    """Rows: month end × service × finest unit; counts of recipients by what the registers have."""
    parts = [
        _at(world, vedtak_end, month, last - 1, delivery)
        for month, _, last in world.months
        if last <= world.config.last_day
    ]
    return pa.concat_tables(parts)


def _at(world: World, vedtak_end: Days, month: int, day: int, delivery: str) -> pa.Table:
    cases = world.cases
    person = cases.person
    alive = (day < world.course.died[person]) & (day < world.course.moved_out[person])
    granted = cases.has_vedtak & (cases.granted <= day) & (day < vedtak_end) & alive
    granted &= ~((cases.pause <= day) & (day < cases.pause_end))
    working = _working(world, day) & alive
    unit = world.residents.residences.on(day, len(world.course))[person]
    units = len(world.unit_codes) + 1  # the last is for those whose home nobody knows
    cell = cases.service.astype(int) * units + np.where(unit < 0, units - 1, unit)
    counts = [
        np.bincount(cell[which], minlength=len(SERVICES) * units)
        for which in (granted & working, granted & ~working, working & ~granted)
    ]
    place = np.flatnonzero(sum(counts))
    return _rows(world, counts, place, month, delivery)


def _working(world: World, day: int) -> Bools:
    """Which cases have a listed device that is in order."""
    devices = world.devices
    in_order = devices.listed & (day < devices.retired)
    in_order &= ~((devices.stop <= day) & (day < devices.stop_end))
    working = np.zeros(len(world.cases), bool)
    own = in_order & (devices.case >= 0) & (devices.start <= day) & (day < devices.end)
    working[devices.case[own]] = True
    shared = in_order & (devices.shared_start <= day) & (day < devices.shared_end)
    working[devices.shared_by[shared & (devices.shared_by >= 0)]] = True
    return working


def _rows(
    world: World,
    counts: Sequence[Numbers],
    place: Numbers,
    month: int,
    delivery: str,
) -> pa.Table:
    units = len(world.unit_codes) + 1
    unit, n = place % units, len(place)
    return pa.table(
        {
            "delivery": pa.repeat(pa.scalar(delivery), n),
            "month": pa.repeat(pa.scalar(str(np.datetime64(month, "M"))), n),
            "service": pa.array(SERVICES).take(pa.array(place // units)),
            "unit": world.unit_codes.take(pa.array(unit, mask=unit == units - 1)),
            "concurrent": pa.array(counts[0][place]),
            "vedtak_only": pa.array(counts[1][place]),
            "device_only": pa.array(counts[2][place]),
        }
    )


def _planted(world: World) -> dict[str, object]:
    """Sizes and effects in one place."""
    course, config = world.course, world.config
    steady = (course.adopted >= 0)[:, None] & (
        np.abs(np.arange(config.periods)[None, :] - course.adopted[:, None] - 5.5) < 4  # noqa: PLR2004 -- periods 2 to 9
    )
    at_home = steady & (world.work.days > 0)
    difference = (course.minutes - course.minutes_untreated)[at_home]
    return {
        "first_day": str(world.clock.origin + config.first_day),
        "last_day": str(world.clock.origin + config.last_day - 1),
        "calibrated_on": str(world.clock.origin + config.calibration_day),
        "recipients": int(world.residents.known.sum()),
        "adopters": int(np.count_nonzero(course.adopted >= 0)),
        "effect_minutes_a_week": round(float(difference.mean()), 2) if difference.size else None,
        "institution_hazard_ratio": config.dispenser.hazard_ratio,
        "without_known_home": int(
            np.count_nonzero(
                world.residents.known
                & (np.bincount(world.residents.residences.person, minlength=len(course)) == 0)
            )
        ),
        "couples_sharing": int(np.count_nonzero(world.devices.shared_by >= 0)),
        "devices_not_listed": int(np.count_nonzero(~world.devices.listed)),
        "cases_without_vedtak": int(np.count_nonzero(~world.cases.has_vedtak)),
        "vedtak_never_ended": int(np.count_nonzero(world.cases.never_ended)),
    }
