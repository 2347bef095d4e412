"""What differs between any two publications."""

from pathlib import Path
from typing import Any

from vft.errors import NothingPublished
from vft.publication.read import Correction
from vft.publication.write import DIFFERENCE, attach


def between(earlier: Path, later: Path, *, indicator: str | None = None) -> list[Correction]:
    """Figures that both cover and that are not the same, as a correction list would have them.

    Raises:
        NothingPublished: one of the two is not there.
    """
    import duckdb

    for path in (earlier, later):
        if not path.exists():
            raise NothingPublished(f"Publisering {path.stem} finnes ikke.")
    with duckdb.connect(str(later), read_only=True) as file:
        attach(file, earlier)
        rows: list[tuple[Any, ...]] = file.execute(
            f"FROM ({DIFFERENCE}) WHERE ?::VARCHAR IS NULL OR indicator = ?",
            [indicator, indicator],
        ).fetchall()
    return [Correction(*row) for row in rows]
