"""Write a publication: whole, then read-only, then under its number. Nothing is changed after."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vft.errors import VftError
from vft.publication import shelf
from vft.publication.read import Publication
from vft.publication.schema import EXTENSION, FIGURE_KEY, TABLES

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows of one indicator's measure and slice lie together, so that a page reads few blocks.
_ORDER = "indicator, measure, slice_kind, slice, geography, grouping, unit, month"
_SAME_FIGURE = " AND ".join(f"a.{name} = b.{name}" for name in FIGURE_KEY)
_FIGURE = ", ".join(FIGURE_KEY)


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What is published. ``tables``: table of the schema → Arrow rows with its columns.

    ``meta`` and ``correction`` are made here. ``inputs``: the lake's table versions.
    """

    manifest: int
    municipality: str
    code_version: str
    inputs: Mapping[str, int]
    tables: "Mapping[str, pa.Table]" = field(repr=False)


def write(folder: Path, contents: Contents, *, now: datetime) -> Path:
    """Publish. Gives the new file, one number after the newest there.

    A process that is killed leaves only a file that no reader sees, and the next writer clears.

    Raises:
        VftError: the newest there is of a later state of the lake; nothing is written.
    """
    with shelf.alone(folder):
        for abandoned in folder.glob(f".*{EXTENSION}*"):
            abandoned.unlink()
        previous = shelf.newest(folder)
        _require_not_older(contents, previous)
        number = shelf.number(previous) + 1 if previous else 1
        draft = folder / f".{number}{EXTENSION}"
        _fill(draft, contents, number=number, previous=previous, now=now)
        return _finish(draft, folder / f"{number}{EXTENSION}")


def _require_not_older(contents: Contents, previous: Path | None) -> None:
    """Screens show the newest publication: it must never be of a state that has been left."""
    if previous is None:
        return
    published = Publication.open(previous)
    published_of = int(published.meta["manifest"])
    published.close()
    if contents.manifest < published_of:
        raise VftError(
            f"Tallene er beregnet av tilstand {contents.manifest} av datalageret, men publisering "
            f"{previous.stem} er av tilstand {published_of}. Ingenting er publisert. Er "
            "datalageret lagt tilbake fra en sikkerhetskopi, legg tilbake publiseringene fra den "
            "også. Ellers: publiser igjen."
        )


def _fill(
    draft: Path, contents: Contents, *, number: int, previous: Path | None, now: datetime
) -> None:
    import duckdb

    with duckdb.connect(str(draft)) as file:
        for name, columns in TABLES.items():
            file.execute(f"CREATE TABLE {name} ({columns})")
        for name, rows in contents.tables.items():
            _insert(file, name, rows)
        _insert_corrections(file, previous)
        meta = _meta(contents, number=number, previous=previous, now=now)
        file.executemany("INSERT INTO meta VALUES (?, ?)", list(meta.items()))


def _insert(file: Any, name: str, rows: "pa.Table") -> None:
    order = f" ORDER BY {_ORDER}" if name == "figure" else ""
    file.register("incoming", rows)
    file.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming{order}")
    file.unregister("incoming")


def _insert_corrections(file: Any, previous: Path | None) -> None:
    if previous is None:
        return
    attach(file, previous)
    file.execute(f"INSERT INTO correction {DIFFERENCE}")
    file.execute("DETACH earlier")


def attach(file: Any, earlier: Path) -> None:
    """Open another publication beside this one, as ``earlier``."""
    path = str(earlier).replace("'", "''")  # ATTACH takes no parameter
    file.execute(f"ATTACH '{path}' AS earlier (READ_ONLY)")


#: Figures of months that both publications cover in full, and that are not as they were in
#: ``earlier``. A month that was incomplete is not corrected by being completed, and a figure of
#: something that was not published before is new and no correction. Nor is what only the order
#: of adding numbers could have made.
DIFFERENCE = f"""
    WITH covered AS (
        SELECT indicator, measure, month FROM figure WHERE complete
        INTERSECT SELECT indicator, measure, month FROM earlier.figure WHERE complete
    ), before AS (
        SELECT * FROM earlier.figure SEMI JOIN covered USING (indicator, measure, month)
    ), after AS (
        SELECT * FROM figure SEMI JOIN covered USING (indicator, measure, month)
    )
    SELECT {", ".join(f"coalesce(a.{n}, b.{n}) AS {n}" for n in FIGURE_KEY)},
        b.value AS before, a.value AS after
    FROM after AS a FULL JOIN before AS b ON {_SAME_FIGURE}
    WHERE a.value IS DISTINCT FROM b.value
        AND NOT coalesce(abs(a.value - b.value) <= 1e-9 * greatest(1, abs(a.value)), false)
    ORDER BY ALL
"""


def _meta(
    contents: Contents, *, number: int, previous: Path | None, now: datetime
) -> dict[str, str]:
    return {
        "number": str(number),
        "created_at": now.isoformat(),
        "manifest": str(contents.manifest),
        "inputs": json.dumps(dict(sorted(contents.inputs.items()))),
        "previous": str(shelf.number(previous)) if previous else "",
        "previous_inputs": _told(previous, "inputs"),
        "previous_code_version": _told(previous, "code_version"),
        "code_version": contents.code_version,
        "municipality": contents.municipality,
    }


def _told(previous: Path | None, key: str) -> str:
    """What the publication before says of itself: it may be cleared away later."""
    if previous is None:
        return ""
    publication = Publication.open(previous)
    try:
        return publication.meta[key]
    finally:
        publication.close()


def _finish(draft: Path, path: Path) -> Path:
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.chmod(0o444)
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return path
