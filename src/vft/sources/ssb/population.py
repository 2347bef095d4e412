"""Population by unit, sex, age, year and projection variant, from json-stat2, CSV or Excel.

Totals are left out where their parts are there, so that nobody is counted twice. A cell that is
missing stays missing, with its status.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vft.sources import short_table
from vft.sources.short_table import Column, Row
from vft.sources.ssb import jsonstat
from vft.sources.ssb.ages import WRITTEN, Age, age, is_total
from vft.sources.ssb.jsonstat import Cube, Dimension
from vft.tables.period import is_year

#: Columns of ``Population.rows``, in order.
COLUMNS = ("unit", "sex", "age_low", "age_high", "year", "variant", "persons", "status")


class Variant(StrEnum):
    """Of a projection: SSB's LLML, MMMM and HHMH. What is registered is ``mid``."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


@dataclass(frozen=True, kw_only=True)
class Population:
    """Who lives where.

    ``rows``: a frame of :data:`COLUMNS`; ``persons`` is NaN where missing, ``age_high`` is -1 for
    «and older», ``sex`` is male, female or both. ``source``: as the table says itself.
    ``left_out``: what of the table is not used, in bokmål.
    """

    rows: pd.DataFrame
    source: str
    left_out: tuple[str, ...]


_SEXES = {
    **dict.fromkeys(("1", "menn", "mann", "male", "men", "m"), "male"),
    **dict.fromkeys(("2", "kvinner", "kvinne", "female", "women", "k", "f"), "female"),
    **dict.fromkeys(("", "0", "begge kjønn", "begge", "both", "i alt", "total"), "both"),
}
_VARIANTS = (
    (re.compile(r"\bMMMM?\b|hovedalternativ|^(mid|middel|main)", re.IGNORECASE), Variant.MID),
    (re.compile(r"\bLLML\b|\bLLLL?\b|lav nasjonal|^(low|lav)", re.IGNORECASE), Variant.LOW),
    (re.compile(r"\bHHMH\b|\bHHHH?\b|høy nasjonal|^(high|høy)", re.IGNORECASE), Variant.HIGH),
)
#: Ids and labels that name a dimension, beside its role.
_NAMES = {
    "unit": {"region", "unit", "enhet", "bydel", "kommune"},
    "sex": {"kjonn", "kjønn", "sex"},
    "age": {"alder", "age"},
    "year": {"tid", "år", "year", "time"},
    "variant": {"variant", "alternativ", "framskrivingsalternativ"},
}
_ROLES = {"geo": "unit", "time": "year", "metric": "metric"}
_COUNTS = (
    "personer",
    "antall",
    "folkemengde",
    "befolkning",
    "population",
    "count",
    "value",
    "verdi",
)
#: Of the CSV file or workbook that is read.
TABLE = (
    Column(name="unit", headings=("enhet", "bydel", "kommune", "region")),
    Column(name="age", headings=("alder",)),
    Column(name="year", headings=("år", "tid")),
    Column(name="persons", headings=_COUNTS),
    Column(name="sex", headings=("kjønn", "kjonn"), required=False),
    Column(name="variant", headings=("alternativ",), required=False),
)
#: A dataset with as many cells as there may be takes less.
_MOST_BYTES = 1 << 30
#: What stands in a table where there is no figure: SSB's standard signs.
_SIGNS = {"", ".", "..", "...", ":", "mangler", "skjult"}


def read(path: Path) -> Population:
    """From a file, by what is in it: JSON, a workbook, else text with delimiters.

    Raises:
        FileRefused: every fault and its place.
    """
    if path.suffix.casefold() == ".json":
        return of_jsonstat(_content(path), path=path)
    return of_rows(short_table.read(path, TABLE), path=path)


def of_jsonstat(content: bytes, *, path: Path) -> Population:
    """From a json-stat2 dataset. ``path``: what it is called in what is said of it.

    Raises:
        FileRefused: it is broken, or a dimension that is needed is not there or not understood.
    """
    cube = jsonstat.parse(content, path=path, least=0)
    places = _places(cube, path)
    frame = _cells(cube, places)
    source = ", ".join(part for part in (cube.source, cube.label, cube.updated) if part)
    return _population(frame, source=source, path=path, of="celle", faults=())


def of_rows(rows: Sequence[Row], *, path: Path) -> Population:
    """From the rows of a CSV file or a workbook.

    Raises:
        FileRefused: every row that is not understood.
    """
    if not rows:
        raise short_table.without_rows(path)
    frame = pd.DataFrame([row.cells for row in rows], index=[row.number for row in rows])
    frame["status"] = [text if text in _SIGNS else None for text in frame["persons"]]
    frame["persons"] = [
        np.nan if text in _SIGNS else float(short_table.number(text) or 0)
        for text in frame["persons"]
    ]
    faults = list(_faults_of_persons(rows))
    return _population(frame, source=path.name, path=path, of="rad", faults=faults)


def _content(path: Path) -> bytes:
    return short_table.content(path, most_bytes=_MOST_BYTES)


def _faults_of_persons(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        if fault := _fault_of_persons(row.cells["persons"]):
            yield f"rad {row.number}, kolonnen «persons»: {fault}"


def _fault_of_persons(text: str) -> str | None:
    if text in _SIGNS:
        return None
    if fault := short_table.fault_of_count(text):
        return fault
    found = short_table.number(text)
    if found is None:
        return f"«{text[:20]}» er ikke et tall; skriv 0 eller mer, eller «..» om det mangler"
    if found > jsonstat.LARGEST:
        return f"«{text[:20]} …» er for stort"
    return f"«{text}» er negativt; skriv 0 eller mer" if found < 0 else None


def _places(cube: Cube, path: Path) -> dict[str, int]:
    """Which dimension holds what. One that is not known must have one category only."""
    found: dict[str, int] = {}
    faults = []
    for place, dimension in enumerate(cube.dimensions):
        what = _meaning(dimension)
        if what and what not in found:
            found[what] = place
        elif len(dimension.codes) > 1:
            faults.append(
                f"dimension.{dimension.id}: er ikke enhet, kjønn, alder, år eller alternativ, og "
                f"har {len(dimension.codes)} kategorier; velg én"
            )
    faults += [
        f"id: ingen dimensjon er {name}"
        for what, name in (("age", "alder"), ("year", "år"))
        if what not in found
    ]
    if "metric" in found and "variant" not in found:
        found["variant"] = found["metric"]
    short_table.refuse_all(path, faults)
    return found


def _meaning(dimension: Dimension) -> str | None:
    names = {dimension.id.casefold(), dimension.label.casefold()}
    by_name = next((what for what, known in _NAMES.items() if names & known), None)
    return by_name or _ROLES.get(dimension.role) or ("metric" if "contentscode" in names else None)


def _cells(cube: Cube, places: Mapping[str, int]) -> pd.DataFrame:
    """One row a cell, each category by its code, ages and variants by their label."""
    shape = [len(dimension.codes) for dimension in cube.dimensions]
    at = np.unravel_index(np.arange(len(cube.cells)), shape)
    frame = pd.DataFrame({"persons": cube.cells}, index=np.arange(len(cube.cells)))
    for what in ("unit", "sex", "age", "year", "variant"):
        frame[what] = ""
        if what in places:
            dimension = cube.dimensions[places[what]]
            names = np.array(_spoken(what, dimension), object)
            frame[what] = names[at[places[what]]]
    status = pd.Series(cube.status, dtype=object)
    frame["status"] = status.reindex(frame.index).astype(object)
    return frame


def _spoken(what: str, dimension: Dimension) -> list[str]:
    """Codes of units and years; of the rest what can be understood, the label first."""
    if what == "age":
        pairs = zip(dimension.codes, dimension.labels, strict=True)
        return [label if age(label) or is_total(label) else code for code, label in pairs]
    if what == "variant":
        # of one alone, what is registered has no alternative; a low one alone is still low
        known = len(dimension.codes) > 1 or any(_variant(x) != "other" for x in dimension.labels)
        return list(dimension.labels) if known else [""]
    return list(dimension.codes)


def _population(
    frame: pd.DataFrame, *, source: str, path: Path, of: str, faults: Sequence[str]
) -> Population:
    """Codes understood, totals left out, nobody counted twice.

    Args:
        frame: codes as text, indexed by their place in the file.
        source: as the table says itself.
        path: what the table is called.
        of: what a place is called: «rad» or «celle».
        faults: what is wrong with it already.
    """
    understood: dict[str, dict[str, Any]] = {
        what: {text: means(text) for text in frame[what].unique()}
        for what, means in (("sex", _sex), ("age", _age), ("year", _year), ("variant", _variant))
    }
    found = [*faults, *_faults_of_codes(frame, understood, of)]
    left_out = tuple(_left_out(understood))
    for what, meanings in understood.items():
        frame[what] = frame[what].map(meanings)
    frame = frame[(frame["age"] != "total") & (frame["variant"] != "other")]
    frame = frame.dropna(subset=list(_WHAT)).copy()
    frame["age_low"] = [group.low for group in frame["age"]]
    frame["age_high"] = [-1 if group.high is None else group.high for group in frame["age"]]
    # of a table that is not understood, parts would be missed that are there
    found += [] if found else _faults_of_parts(frame)
    frame, dropped = _without_both(frame)
    short_table.refuse_all(path, [*found, *_faults_of_overlap(frame, of)])
    rows = frame[list(COLUMNS)].reset_index(drop=True)
    return Population(rows=rows, source=source, left_out=(*left_out, *dropped))


def _sex(text: str) -> str | None:
    return _SEXES.get(text.strip().casefold())


def _age(text: str) -> Age | str | None:
    return "total" if is_total(text) else age(text)


def _year(text: str) -> int | None:
    return int(text) if is_year(text.strip()) else None


def _variant(text: str) -> str:
    if not text.strip():
        return Variant.MID
    found = (variant for pattern, variant in _VARIANTS if pattern.search(text))
    return next(found, "other")


#: Column → what is not one, and how it is written.
_WHAT = {
    "sex": "et kjønn; skriv menn, kvinner eller begge kjønn",
    "age": f"en alder; skriv {WRITTEN}",
    "year": "et årstall; skriv for eksempel 2030",
}
_SEX = {"male": "menn", "female": "kvinner", "both": "begge kjønn"}


def _faults_of_codes(
    frame: pd.DataFrame, understood: Mapping[str, Mapping[str, Any]], of: str
) -> Iterator[str]:
    for what, wanted in _WHAT.items():
        for text, meaning in understood[what].items():
            if meaning is None:
                yield f"{of} {_first(frame, what, text)}: «{text}» er ikke {wanted}"
    units = set(frame["unit"])
    if "" in units and len(units) > 1:
        yield f"{of} {_first(frame, 'unit', '')}: enheten er ikke oppgitt"


def _first(frame: pd.DataFrame, what: str, text: str) -> int:
    return int(frame.index[frame[what] == text][0])


def _left_out(understood: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for text, meaning in understood["age"].items():
        if meaning == "total":
            yield f"alder «{text}» er summen av de andre"
    for text, meaning in understood["variant"].items():
        if meaning == "other":
            yield f"alternativet «{text}» er verken lavt, midtre eller høyt"


def _faults_of_parts(frame: pd.DataFrame) -> Iterator[str]:
    """Of totals whose parts are not all there: left out, their people would be lost in silence."""
    if frame.empty:
        yield "bare summer: ta med hver alder, i et alternativ som er lavt, midtre eller høyt"
    sexes = set(frame["sex"])
    if "both" not in sexes or sexes == {"both"}:
        return
    told = frame.groupby(["unit", "age", "year", "variant"], sort=False)["sex"].agg(set)
    for (unit, group, year, _), found in told[told != {"both", "male", "female"}].items():
        if "both" in found:
            yield (
                f"{unit or 'enheten'}, {group}, {year}: begge kjønn står uten menn og kvinner hver "
                "for seg, som andre rader har; ta med det samme for alle"
            )


def _without_both(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Both sexes together are left out where each is there, which is everywhere or nowhere."""
    sexes = set(frame["sex"])
    if "both" in sexes and len(sexes) > 1:
        return frame[frame["sex"] != "both"], ("begge kjønn er summen av de to",)
    return frame, ()


def _faults_of_overlap(frame: pd.DataFrame, of: str) -> Iterator[str]:
    """Of age groups that share ages, and of cells given twice."""
    keys = ["unit", "sex", "age_low", "age_high", "year", "variant"]
    for place in frame.index[frame.duplicated(keys)]:
        row = frame.loc[place]
        what = (row["unit"], _SEX[row["sex"]], str(row["age"]), str(int(row["year"])))
        yield f"{of} {place}: {', '.join(filter(None, what))} står også tidligere; behold én"
    for groups in {
        tuple(sorted(set(part)))
        for _, part in frame.groupby(["unit", "sex", "year", "variant"])["age"]
    }:
        for one, other in pairwise(groups):
            if one.meets(other):
                yield f"aldersgruppene {one} og {other} overlapper; ta ut den ene"
