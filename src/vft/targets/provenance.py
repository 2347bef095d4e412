"""Where an input comes from: every figure that is computed can say it."""

from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel

from vft.sources import short_table
from vft.sources.short_table import Column, Row


class Provenance(BaseModel):
    """``estimated``: anslått. ``derivation``: how, where it was; empty where it was not."""

    input: str
    source: str
    owner: str
    valid_from: date | None
    valid_to: date | None
    estimated: bool
    derivation: str


#: What every table of inputs says of each row.
COLUMNS = (
    Column(name="valid_from", headings=("gjelder_fra",)),
    Column(name="valid_to", headings=("gjelder_til",), required=False),
    Column(name="owner", headings=("eier",)),
    Column(name="source", headings=("kilde",)),
    Column(name="estimated", headings=("anslått",)),
    Column(name="derivation", headings=("utledning",), required=False),
)


def packaged(name: str) -> Path:
    """The file of that name which comes with the package."""
    return Path(str(files("vft.targets").joinpath("data", name)))


def of_row(name: str, row: Row) -> Provenance:
    """What a row says of itself. It has no faults."""
    cells = row.cells
    return Provenance(
        input=name,
        source=cells["source"],
        owner=cells["owner"],
        valid_from=_day(cells["valid_from"]),
        valid_to=_day(cells["valid_to"]),
        estimated=bool(short_table.yes_no(cells["estimated"])),
        derivation=cells["derivation"],
    )


def faults(rows: Sequence[Row]) -> Iterator[str]:
    """Rows without source, owner or date, or estimated without saying how."""
    for row in rows:
        yield from (f"rad {row.number}, {fault}" for fault in _faults_of(row.cells))


def _faults_of(cells: dict[str, str]) -> Iterator[str]:
    for column in ("source", "owner"):
        if not cells[column]:
            yield f"kolonnen «{column}»: må være med"
    if not _is_day(cells["valid_from"]):
        yield f"kolonnen «valid_from»: «{cells['valid_from']}» er ikke en dato (ÅÅÅÅ-MM-DD)"
    if cells["valid_to"] and not _is_day(cells["valid_to"]):
        yield f"kolonnen «valid_to»: «{cells['valid_to']}» er ikke en dato (ÅÅÅÅ-MM-DD)"
    estimated = short_table.yes_no(cells["estimated"])
    if estimated is None:
        yield f"kolonnen «estimated»: «{cells['estimated']}» er verken ja eller nei"
    if estimated and not cells["derivation"]:
        yield "kolonnen «derivation»: det som er anslått, må si hvordan"


def _is_day(text: str) -> bool:
    try:
        return _day(text) is not None
    except ValueError:
        return False


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
