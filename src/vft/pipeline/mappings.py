"""Which mapping describes which file: the municipality's own first, then the ready ones."""

from pathlib import Path

from vft.errors import FileRefused
from vft.sources import mapping
from vft.sources.mapping import Mapping

#: A folder of exports may carry its mappings with it, in a folder of this name.
FOLDER = "tilordninger"


def known(*, own: Path | None = None) -> dict[str, Mapping]:
    """All mappings by source id. A municipality's own replaces a ready one with the same id.

    Raises:
        MappingError: a mapping is wrong.
    """
    return mapping.ready() | (mapping.load_folder(own) if own and own.is_dir() else {})


def mapping_for(file: Path, chosen: Path | None = None) -> Mapping:
    """The mapping that a file is read by.

    Raises:
        FileRefused: no mapping fits the file's name.
        MappingError: the mapping is wrong.
    """
    if chosen:
        return mapping.load(chosen)
    found = mapping.choose(file, known(own=file.parent / FOLDER))
    if found is None:
        raise FileRefused(
            f"Ingen tilordning passer filnavnet «{file.name}». Ingenting er lest. Gi filen et navn "
            "som en tilordning kjenner (vft source list), oppgi tilordningen med --mapping, eller "
            f"lag et utkast med: vft source draft {file.name}",
            kind="unknown_file",
        )
    return found
