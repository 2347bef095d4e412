"""Known breaks: those delivered with the data, and those that someone has written here."""

from vft.access import annotations
from vft.publication.read import Annotation
from vft.web.book import Book, Slice, Unit


def known_breaks(here: Book, of: Slice, unit: Unit) -> tuple[Annotation, ...]:
    """Those that concern a slice in a unit, oldest first. One question of each keeper."""
    written = annotations.written(lineage=here.lineage(unit), service=of.code)
    local = [
        Annotation(
            starts_on=a.starts_on,
            ends_on=a.ends_on,
            unit=a.unit or None,
            service=a.service or None,
            text=a.text,
        )
        for a in written
    ]
    return tuple(sorted([*here.annotations(of, unit), *local], key=lambda a: a.starts_on))
