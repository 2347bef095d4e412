"""What the mappings in use say: which of the vendors' codes are which of ours."""

from dataclasses import dataclass

from vft.pipeline import mappings
from vft.pipeline.home import Home
from vft.sources.mapping import Mapping
from vft.tables import ALL
from vft.tables.services import ALL as SERVICES


@dataclass(frozen=True, kw_only=True)
class Code:
    """One code of a source, and what it is read as.

    ``is_own``: the municipality's own mapping says so, and not one that came with the program.
    """

    source: str
    source_title: str
    column: str
    theirs: str
    ours: str
    name: str
    is_own: bool


def codes(home: Home) -> list[Code]:
    """Every code of every mapping in use, by source and column.

    Raises:
        MappingError: one of the municipality's own mappings is wrong.
    """
    ready = mappings.known()
    in_use = mappings.known(own=home.mappings)
    return [
        code
        for source, mapping in sorted(in_use.items())
        for code in _codes(mapping, is_own=mapping != ready.get(source))
    ]


def _codes(mapping: Mapping, *, is_own: bool) -> list[Code]:
    return [
        Code(
            source=mapping.source.id,
            source_title=mapping.source.title,
            column=f"{ALL[table].title}: {ALL[table].column[column].title}",
            theirs=theirs,
            ours=ours,
            name=_name(table, column, ours),
            is_own=is_own,
        )
        for table, column, codes in _lists(mapping)
        for theirs, ours in codes.items()
    ]


def _lists(mapping: Mapping) -> list[tuple[str, str, dict[str, str]]]:
    return [
        (table.name, column, mapping.codes[mapped.codes])
        for table in mapping.tables
        for column, mapped in table.columns.items()
        if mapped.codes is not None
    ]


def _name(table: str, column: str, code: str) -> str:
    """What a service is called; other codes are words already."""
    is_service = ALL[table].column[column].refers_to == "services"
    return SERVICES[code].name if is_service and code in SERVICES else ""
