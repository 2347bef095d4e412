"""Vedtak and equipment, drawn per recipient and service, with what registers get wrong."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.data.people import AFTER, FIRST_DAY, NONE, Columns, People, stacked

#: Share of the recipients who have each service.
SHARES = {"TA": 0.5, "GPS": 0.08, "DMS": 0.3, "DT": 0.08, "DHO": 0.1, "HN": 0.8, "PH": 0.3}
#: The same of institutions, where they go towards the end.
_INSTITUTIONS = {"SS": 0.06, "LS": 0.03}
TECHNOLOGY = ("TA", "GPS", "DMS", "DT", "DHO")
HOME_CARE = ("HN", "PH")
_CONSIDERED = np.array(["granted", "unsuitable", "declined", "not_considered", ""], dtype="U14")
_REASONS = np.array(["not_needed", "not_suitable", "own_wish", "replaced", "other", ""], "U12")


@dataclass(frozen=True)
class Holding:
    """One entry a recipient and service: from when until when."""

    recipient: Any
    service: Any
    begin: Any
    end: Any


def holdings(who: People, rng: np.random.Generator) -> Holding:
    """Who has which service. Services begin within the recipient's first months."""
    parts = []
    for service, share in SHARES.items():
        index = np.flatnonzero(rng.random(len(who.id)) < share)
        begin = who.begin[index] + rng.integers(0, 60, len(index))
        end = np.maximum(who.end[index], begin + 10)
        name = np.full(len(index), service, dtype="U3")
        parts.append({"r": who.id[index], "s": name, "b": begin, "e": end})
    for service, share in _INSTITUTIONS.items():
        index = np.flatnonzero((rng.random(len(who.id)) < share) & (who.end < AFTER))
        begin = who.end[index] - rng.integers(5, 25, len(index))
        name = np.full(len(index), service, dtype="U3")
        parts.append({"r": who.id[index], "s": name, "b": begin, "e": begin + 200})
    joined = stacked(parts)
    return Holding(joined["r"], joined["s"], joined["b"], joined["e"])


def vedtak(held: Holding, rng: np.random.Generator) -> Columns:
    """One or two vedtak a holding (the second overlaps, follows or leaves a gap), some refused."""
    n = len(held.recipient)
    renewed = rng.random(n) < 0.35
    middle = rng.integers(held.begin + 1, held.end)
    still = (held.end >= AFTER) | (rng.random(n) < 0.1)
    last_end = np.where(still, NONE, held.end)
    first = _vedtak(held, held.begin, np.where(renewed, middle, last_end), slice(None))
    second_begin = middle + rng.integers(-15, 8, n)
    second = _vedtak(held, second_begin, last_end, renewed & (second_begin < held.end))
    rows = stacked([first, second])
    count = len(rows["starts_on"])
    draw = rng.random(count)
    told = {
        "vedtak_id": np.char.add("V", np.arange(count).astype("U9")),
        "decided_on": rows["starts_on"] - 10,
        "status": np.where(draw < 0.96, "granted", np.where(draw < 0.98, "refused", "withdrawn")),
    }
    return rows | told | _written(rows, rng)


def _written(rows: Columns, rng: np.random.Generator) -> Columns:
    """What caseworkers write, or forget to: hours, whether technology was considered, the end."""
    n = len(rows["service"])
    home_care = np.isin(rows["service"], HOME_CARE)
    hours = np.where(home_care & (rng.random(n) < 0.85), rng.integers(1, 60, n) / 4, np.nan)
    considered = _CONSIDERED[rng.choice(5, n, p=(0.4, 0.15, 0.15, 0.1, 0.2))]
    reason = _REASONS[rng.choice(6, n, p=(0.2, 0.15, 0.15, 0.15, 0.1, 0.25))]
    return {
        "hours_per_week": hours,
        "considered_technology": np.where(home_care, considered, ""),
        "considered_reason": np.where(considered == "declined", "Ønsket ikke", ""),
        "end_reason": np.where(rows["ends_on"] == NONE, "", reason),
    }


def _vedtak(held: Holding, starts: Any, ends: Any, chosen: Any) -> Columns:
    return {
        "recipient_id": held.recipient[chosen],
        "service": held.service[chosen],
        "starts_on": starts[chosen],
        "ends_on": ends[chosen],
    }


def pauses(granted: Columns, rng: np.random.Generator) -> Columns:
    """A tenth of the vedtak rest for some weeks, a few of them twice."""
    index = np.concatenate([_some(len(granted["starts_on"]), share, rng) for share in (0.1, 0.02)])
    starts = granted["starts_on"][index] + rng.integers(5, 400, len(index))
    return {
        "vedtak_id": granted["vedtak_id"][index],
        "starts_on": starts,
        "ends_on": _mostly(starts + rng.integers(1, 60, len(index)), rng),
    }


def devices(held: Holding, rng: np.random.Generator) -> tuple[Columns, Columns]:
    """Equipment and who has it. Some lack it, some change it, couples share, some is in stock."""
    technology = np.flatnonzero(
        np.isin(held.service, TECHNOLOGY) & (rng.random(len(held.end)) < 0.95)
    )
    changed = technology[rng.random(len(technology)) < 0.15]
    first = _assigned(held, technology, rng)
    on = rng.integers(held.begin[changed], held.end[changed]) + 1
    until = first["ends_on"]
    until[np.searchsorted(technology, changed)] = on
    second = _assigned(held, changed, rng) | {"starts_on": on + rng.integers(-3, 6, len(on))}
    service = np.concatenate([held.service[technology], held.service[changed]])
    owned = stacked([first, second])
    owned["device_id"] = np.char.add("D", np.arange(len(service)).astype("U9"))
    assignments = stacked([owned, _shared(owned, service, rng)])
    return _registered(service, rng), assignments


def _assigned(held: Holding, index: Any, rng: np.random.Generator) -> Columns:
    end = held.end[index] + rng.integers(-20, 20, len(index))
    return {
        "recipient_id": held.recipient[index],
        "role": np.full(len(index), "primary", dtype="U7"),
        "starts_on": held.begin[index] + rng.integers(-5, 30, len(index)),
        "ends_on": np.where(held.end[index] >= AFTER, NONE, end),
    }


def _shared(owned: Columns, service: Any, rng: np.random.Generator) -> Columns:
    alarms = np.flatnonzero((service == "TA") & (rng.random(len(service)) < 0.05))
    couple = {name: column[alarms] for name, column in owned.items()}
    spouse = rng.permutation(couple["recipient_id"])
    return couple | {"recipient_id": spouse, "role": np.full(len(alarms), "shared", dtype="U7")}


def _registered(assigned: Any, rng: np.random.Generator) -> Columns:
    stock = rng.choice(np.array(TECHNOLOGY), max(len(assigned) // 20, 5))
    service = np.concatenate([assigned, stock])
    n = len(service)
    return {
        "device_id": np.char.add("D", np.arange(n).astype("U9")),
        "service": service,
        "product": np.char.add(np.char.add("Produkt ", service), rng.choice([" A", " B"], n)),
        "supplier": np.full(n, "Leverandør"),
        "acquired_on": np.where(rng.random(n) < 0.9, FIRST_DAY - rng.integers(-900, 900, n), NONE),
        "retired_on": np.where(rng.random(n) < 0.03, rng.integers(AFTER - 900, AFTER, n), NONE),
    }


def listed(registered: Columns, rng: np.random.Generator) -> Columns:
    """Those that the list of equipment has; it lacks a few."""
    index = np.flatnonzero(rng.random(len(registered["device_id"])) < 0.99)
    return {name: column[index] for name, column in registered.items()}


def downtimes(assignments: Columns, rng: np.random.Generator) -> Columns:
    """A few days out of order now and then."""
    index = _some(len(assignments["starts_on"]), 0.15, rng)
    starts = assignments["starts_on"][index] + rng.integers(2, 500, len(index))
    return {
        "device_id": assignments["device_id"][index],
        "starts_on": starts,
        "ends_on": _mostly(starts + rng.integers(1, 25, len(index)), rng),
        "reason": np.where(rng.random(len(index)) < 0.5, "fault", "pause"),
    }


def _some(count: int, share: float, rng: np.random.Generator) -> Any:
    return np.flatnonzero(rng.random(count) < share)


def _mostly(ends: Any, rng: np.random.Generator) -> Any:
    return np.where(rng.random(len(ends)) < 0.03, NONE, ends)
