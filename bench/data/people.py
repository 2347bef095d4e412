"""Recipients and where they live, as columns of NumPy arrays. Dates are days since 1970."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from bench.data import geography

FIRST_DAY = (date(2020, 1, 1) - date(1970, 1, 1)).days
AFTER = (date(2025, 1, 1) - date(1970, 1, 1)).days
#: The last day that the data speaks of.
TODAY = date(2024, 12, 31)
#: Stands for a date that is not there.
NONE = -1
_LONGEST_BEFORE = 700

Columns = dict[str, Any]


@dataclass(frozen=True)
class People:
    """One entry a recipient: her number, and from when until when she receives anything."""

    id: Any
    begin: Any
    end: Any


def people(count: int, rng: np.random.Generator) -> People:
    """Recipients who come and go through the five years."""
    begin = rng.integers(FIRST_DAY - _LONGEST_BEFORE, AFTER - 20, count)
    stay = np.clip(rng.exponential(650, count), 25, 2500).astype(np.int64)
    # pseudonyms are spread over 63 bits, as a keyed hash spreads them
    return People(id=rng.choice(2**62, count, replace=False), begin=begin, end=begin + stay)


def recipients(who: People, rng: np.random.Generator) -> Columns:
    """The contract's columns. A third of those who leave died, a few moved away."""
    n, left = len(who.id), who.end < AFTER
    draw = rng.random(n)
    return {
        "recipient_id": who.id,
        "birth_year": rng.integers(1925, 1965, n),
        "sex": np.where(rng.random(n) < 0.6, "female", "male"),
        "household": np.where(rng.random(n) < 0.7, "alone", "with_others"),
        "died_on": np.where(left & (draw < 0.35), who.end, NONE),
        "moved_out_on": np.where(left & (draw > 0.92), who.end, NONE),
    }


def residences(who: People, rng: np.random.Generator) -> Columns:
    """One or two homes each; a few with a district only, a few with none, some overlapping."""
    known = np.flatnonzero(rng.random(len(who.id)) >= 0.01)
    first = _stays(who, known, rng)
    moves = known[rng.random(len(known)) < 0.2]
    moved_on = rng.integers(who.begin[moves], who.end[moves]) + 1
    until = first["ends_on"]
    until[np.searchsorted(known, moves)] = moved_on
    second = _stays(who, moves, rng) | {"starts_on": moved_on}
    doubled = known[rng.random(len(known)) < 0.01]
    coarse = _stays(who, doubled, rng)
    coarse |= {"unit": np.array([unit[:6] for unit in coarse["unit"]], dtype="U8")}
    coarse |= {"starts_on": coarse["starts_on"] + 30}
    return _followed(stacked([first, second, coarse]), rng)


def _stays(who: People, index: Any, rng: np.random.Generator) -> Columns:
    leaves = np.array(geography.FIRST_LEAVES, dtype="U8")
    unit = leaves[rng.integers(0, len(leaves), len(index))]
    coarse = rng.random(len(index)) < 0.02
    unit = np.where(coarse, unit.astype("U6"), unit)
    starts = who.begin[index] - rng.integers(0, 400, len(index))
    return {
        "recipient_id": who.id[index],
        "unit": unit,
        "starts_on": starts,
        "ends_on": np.full(len(index), NONE),
    }


def _followed(stays: Columns, rng: np.random.Generator) -> Columns:
    """Let those who live in a unit that ends go on living in its successor."""
    for old, day in {(old, day) for old, _, day, _ in geography.SUCCESSIONS}:
        successors = [new for gone, new, _, _ in geography.SUCCESSIONS if gone == old]
        on = (day - date(1970, 1, 1)).days
        stays = _continued(stays, old, successors, on, rng)
    return stays


def _continued(
    stays: Columns, old: str, successors: list[str], on: int, rng: np.random.Generator
) -> Columns:
    lives = stays["unit"] == old
    lasts = lives & ((stays["ends_on"] == NONE) | (stays["ends_on"] > on))
    across = lasts & (stays["starts_on"] < on)
    after = {name: column[lasts] for name, column in stays.items()}
    after["unit"] = np.array(successors)[rng.integers(0, len(successors), lasts.sum())]
    after["starts_on"] = np.maximum(after["starts_on"], on)
    before = {name: column[~lasts | across] for name, column in stays.items()}
    before["ends_on"] = np.where(across[~lasts | across], on, before["ends_on"])
    return stacked([before, after])


def stacked(parts: list[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
