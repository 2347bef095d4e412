"""Does a file have the columns that its mapping speaks of?"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from vft.errors import FileRefused
from vft.sources.agreement import nearest
from vft.sources.mapping import Mapping
from vft.sources.naming import unique
from vft.sources.refusal import refused

#: How far down a file we look for a header that is not where the mapping says.
ROWS_SEARCHED = 30
_NAMES_SHOWN = 25


def lacking(mapping: Mapping, columns: Iterable[str]) -> list[str]:
    """The mapping's columns that are not there."""
    there = set(columns)
    return [name for name in mapping.vendor_columns if name not in there]


def check(
    path: Path, mapping: Mapping, header: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Refuse a file that lacks a column of its mapping.

    ``header``: unique names; ``rows``: the first rows of the file, the header's among them, to see
    whether it stands elsewhere.

    Raises:
        FileRefused: ``missing_column``, naming what is missing, what is there, and what is near.
    """
    twice = [name for name in mapping.vendor_columns if f"{name} (2)" in header]
    if twice:
        raise refused(
            path,
            "missing_column",
            f"Kolonnen «{twice[0]}» finnes flere ganger, så det er uvisst hvilken som gjelder.",
            "Gi kolonnene hvert sitt navn og send filen på nytt.",
        )
    if missing := lacking(mapping, header):
        raise _missing(path, mapping, header, missing, rows)


def _missing(
    path: Path,
    mapping: Mapping,
    header: Sequence[str],
    missing: list[str],
    rows: Sequence[Sequence[object]],
) -> FileRefused:
    named = ", ".join(f"«{name}»" for name in missing)
    meant = "".join(_meant(name, header, alone=len(missing) == 1) for name in missing)
    word = "Kolonnen" if len(missing) == 1 else "Kolonnene"
    elsewhere = _found_in(mapping, rows)
    if elsewhere is not None:
        mend = f"Kolonnenavnene ser ut til å stå i rad {elsewhere}: sett header_row = {elsewhere}."
    else:
        mend = "Ta med kolonnen i uttrekket, eller rett navnet i tilordningen."
    shown = ", ".join(header[:_NAMES_SHOWN])
    more = f" og {len(header) - _NAMES_SHOWN} til" if len(header) > _NAMES_SHOWN else ""
    return refused(
        path,
        "missing_column",
        f"{word} {named} mangler i rad {mapping.format.header_row}.{meant} "
        f"Kolonnene som finnes: {shown}{more}.",
        mend,
    )


def _meant(name: str, header: Sequence[str], *, alone: bool) -> str:
    near = nearest(name, header)
    return near if alone or not near else f" «{name}»:{near.replace('Mente', 'mente')}"


def _found_in(mapping: Mapping, rows: Sequence[Sequence[object]]) -> int | None:
    """The row in which all the mapping's columns stand."""
    for number, row in enumerate(rows, start=1):
        if not lacking(mapping, unique(row)):
            return number
    return None
