"""JSON-stat 2.0, as PxWeb gives it (``json-stat2``): https://json-stat.org/full/.

Own reader: pyjstat 2.4 drops ``status`` and makes one row a cell by recursion. It is the second
opinion in the tests.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vft.sources.refusal import refused
from vft.sources.short_table import refuse_all
from vft.tables.norwegian import plain

#: All of Norway by age, sex, year and nine alternatives is a tenth of this.
MOST_CELLS = 20_000_000
#: No figure of statistics is greater, to either side of 0.
LARGEST = 10**15


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """Categories in order. ``role``: time, geo, metric, or empty."""

    id: str
    label: str
    role: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Cube:
    """A table. ``cells``: in row-major order, NaN where missing. ``status``: by cell, where given.

    A cell may have both a value and a status, as a preliminary figure has.
    """

    label: str
    source: str
    updated: str
    dimensions: tuple[Dimension, ...]
    cells: npt.NDArray[np.float64]
    status: Mapping[int, str]


def parse(content: bytes, *, path: Path, least: float = -LARGEST) -> Cube:
    """One dataset.

    Args:
        content: the file.
        path: what it is called in what is said of it.
        least: what no figure of it may be under.

    Raises:
        FileRefused: ``nonsense`` with every fault and its place in the file, ``unknown_file`` for
            JSON of another kind, ``too_large``.
    """
    told = _loaded(content, path)
    if told.get("class", "dataset") != "dataset" or "id" not in told:
        wrong = f"Den er ikke et json-stat2-datasett, men «{told.get('class', 'annen JSON')}»."
        raise refused(path, "unknown_file", wrong, "Be tabellen om formatet json-stat2.")
    refuse_all(path, _faults_of_frame(told))
    if prod(told["size"]) > MOST_CELLS:
        wrong = f"Den har {prod(told['size'])} celler."
        raise refused(path, "too_large", wrong, "Velg færre regioner, aldre eller år.")
    refuse_all(path, _faults_of_content(told, least))
    return Cube(
        label=str(told.get("label", "")),
        source=str(told.get("source", "")),
        updated=str(told.get("updated", "")),
        dimensions=tuple(_dimension(told, name) for name in told["id"]),
        cells=_values(told),
        status=_status(told),
    )


def _loaded(content: bytes, path: Path) -> dict[str, Any]:
    try:
        told = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        wrong = f"Den er ikke hel JSON: linje {error.lineno}, tegn {error.colno}."
        raise refused(path, "nonsense", wrong, "Hent tabellen på nytt.") from error
    except UnicodeDecodeError as error:
        wrong = f"Den er ikke UTF-8: byte {error.start}."
        raise refused(path, "encoding", wrong, "Hent tabellen på nytt.") from error
    except _NoNumber as error:
        wrong = f"«{error}» er ikke et tall i JSON."
        raise refused(path, "nonsense", wrong, "Hent tabellen på nytt.") from error
    except (RecursionError, ValueError) as error:  # a number of thousands of digits
        wrong = "Den har for mange klammer inni hverandre, eller et tall som er for langt."
        raise refused(path, "nonsense", wrong, "Hent tabellen på nytt.") from error
    if not isinstance(told, dict):
        wrong = "Det ytterste i den er ikke et JSON-objekt."
        raise refused(path, "unknown_file", wrong, "Be tabellen om formatet json-stat2.")
    return told


class _NoNumber(ValueError):
    """NaN or Infinity, which Python reads and JSON has not."""


def _no_number(constant: str) -> None:
    raise _NoNumber(constant)


def _faults_of_frame(told: Mapping[str, Any]) -> Iterator[str]:
    """What must hold before the cells can be counted."""
    names, sizes = told["id"], told.get("size")
    if not _all_are(names, str):
        yield "id: er ikke en liste av dimensjonsnavn"
    if not _all_are(sizes, int) or any(size < 0 for size in sizes or ()):
        yield "size: er ikke en liste av antall"
    elif isinstance(names, list) and len(names) != len(sizes or ()):
        yield f"size: har {len(sizes or ())} tall, men id har {len(names)} dimensjoner"
    if not isinstance(told.get("dimension"), dict):
        yield "dimension: mangler"
    roles = told.get("role", {})
    if not isinstance(roles, dict) or not all(_all_are(ids, str) for ids in roles.values()):
        yield "role: er ikke lister av dimensjonsnavn"
    if not isinstance(told.get("value"), list | dict):
        yield "value: mangler, eller er verken liste eller objekt"


def _all_are(things: Any, kind: type) -> bool:
    return isinstance(things, list) and all(
        isinstance(thing, kind) and not isinstance(thing, bool) for thing in things
    )


def _faults_of_content(told: Mapping[str, Any], least: float) -> Iterator[str]:
    for name, size in zip(told["id"], told["size"], strict=True):
        yield from _faults_of_dimension(name, told["dimension"].get(name), size)
    count = prod(told["size"])
    yield from _faults_of_cells("value", told["value"], count, (int, float))
    yield from _faults_of_size(told["value"], least)
    status = told.get("status")
    if isinstance(status, list | dict):
        yield from _faults_of_cells("status", status, count, (str,))
    elif status is not None and not isinstance(status, str):
        yield "status: er verken tekst, liste eller objekt"


def _faults_of_dimension(name: str, told: Any, size: int) -> Iterator[str]:
    place = f"dimension.{name}"
    category = told.get("category") if isinstance(told, dict) else None
    if not isinstance(category, dict):
        yield f"{place}: mangler" if told is None else f"{place}.category: mangler"
        return
    index, labels = category.get("index"), category.get("label", {})
    if not isinstance(labels, dict):
        yield f"{place}.category.label: er ikke et objekt"
    elif index is None and len(labels) != 1:
        yield f"{place}.category.index: mangler, og det er {len(labels)} kategorier"
    elif index is None and size != 1:
        yield f"{place}: har 1 kategori, men size sier {size}"
    if index is not None:
        yield from _faults_of_index(place, index, size)


def _faults_of_index(place: str, index: Any, size: int) -> Iterator[str]:
    """Of an array of codes, or an object of positions by code."""
    at = f"{place}.category.index"
    if not isinstance(index, list | dict) or not all(isinstance(code, str) for code in index):
        yield f"{at}: er verken liste av koder eller objekt"
    elif len(index) != size:
        yield f"{at}: har {len(index)} kategorier, men size sier {size}"
    elif len(set(index)) != len(index):
        yield f"{at}: samme kode står flere ganger"
    elif isinstance(index, dict) and not _are_positions(list(index.values()), size):
        yield f"{at}: plassene er ikke 0 til {size - 1}, hver én gang"


def _are_positions(places: Sequence[Any], size: int) -> bool:
    return _all_are(list(places), int) and sorted(places) == list(range(size))


def _faults_of_cells(
    name: str, cells: list[Any] | dict[str, Any], count: int, kinds: tuple[type, ...]
) -> Iterator[str]:
    """Of a list with one entry a cell, or an object of the cells that have one."""
    if isinstance(cells, list) and len(cells) != count:
        yield f"{name}: har {len(cells)} verdier, men size gir {count} celler"
    entries = enumerate(cells) if isinstance(cells, list) else cells.items()
    for place, cell in entries:
        if isinstance(place, str) and not _is_place(place, count):
            yield f"{name}.{place}: er ikke en celle fra 0 til {count - 1}"
        elif cell is not None and (not isinstance(cell, kinds) or isinstance(cell, bool)):
            wanted = "tekst" if kinds == (str,) else "et tall eller null"
            yield f"{name}[{place}]: {json.dumps(cell, ensure_ascii=False)[:40]} er ikke {wanted}"


def _faults_of_size(cells: list[Any] | dict[str, Any], least: float) -> Iterator[str]:
    for place, cell in enumerate(cells) if isinstance(cells, list) else cells.items():
        if not isinstance(cell, int | float):
            continue
        if not -LARGEST <= cell <= LARGEST:
            yield f"value[{place}]: tallet er for stort"
        elif cell < least:
            yield f"value[{place}]: {plain(cell)} er under {plain(least)}"


def _is_place(place: str, count: int) -> bool:
    # int() would refuse thousands of digits
    is_number = place.isascii() and place.isdigit() and len(place) <= len(str(count))
    return is_number and int(place) < count


def _dimension(told: Mapping[str, Any], name: str) -> Dimension:
    own = told["dimension"][name]
    category = own["category"]
    labels = category.get("label", {})
    index = category.get("index") or list(labels)
    codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)
    roles = told.get("role", {})
    return Dimension(
        id=name,
        label=str(own.get("label", name)),
        role=next((role for role, names in roles.items() if name in names), ""),
        codes=tuple(codes),
        labels=tuple(str(labels.get(code, code)) for code in codes),
    )


def _values(told: Mapping[str, Any]) -> npt.NDArray[np.float64]:
    cells = told["value"]
    if isinstance(cells, list):
        return np.array([np.nan if cell is None else cell for cell in cells], np.float64)
    values = np.full(prod(told["size"]), np.nan)
    for place, cell in cells.items():
        values[int(place)] = np.nan if cell is None else cell
    return values


def _status(told: Mapping[str, Any]) -> dict[int, str]:
    status = told.get("status")
    if isinstance(status, str):
        return dict.fromkeys(range(prod(told["size"])), status)
    entries = enumerate(status) if isinstance(status, list) else (status or {}).items()
    return {int(place): code for place, code in entries if code is not None}
