"""Read a folder of exports, or single files, into the lake."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vft.access import identities
from vft.errors import VftError
from vft.lake import manifest
from vft.lake.deliveries import Delivery
from vft.lake.keys import Keys
from vft.lake.receive import receive_all
from vft.lake.vault import Vault
from vft.pipeline import mappings as known_mappings
from vft.pipeline.home import Home
from vft.pipeline.progress import Progress, silent
from vft.sources.mapping import Mapping, choose

if TYPE_CHECKING:
    import pyarrow as pa

_STAGE = "Leser inn"
#: How the names end of what a folder of exports may hold besides exports.
_NOT_EXPORTS = (".toml", ".md")


@dataclass(frozen=True, kw_only=True)
class Ingested:
    """What became of a folder. ``unknown``: files that no mapping fits; nothing of them is read."""

    deliveries: list[Delivery]
    unknown: list[Path]

    @property
    def is_whole(self) -> bool:
        """Whether every file was taken in."""
        return not self.unknown and all(d.status != "refused" for d in self.deliveries)


def ingest(
    home: Home,
    folder: Path,
    *,
    mappings: Path | None = None,
    progress: Progress = silent,
) -> Ingested:
    """Take every export in a folder into the lake: one atomic change a file, units first.

    ``mappings``: the municipality's own; ``folder/tilordninger`` unless given. They are copied to
    the installation, which knows its sources by them from then on. A file that is
    refused, or that no mapping fits, keeps no other from being read.

    Raises:
        VftError: the folder is not there, or holds no file.
        MappingError: a mapping is wrong; nothing of the folder is then read.
    """
    if not folder.is_dir():
        raise VftError(f"Mappen {folder} finnes ikke. Ingenting er lest.")
    own = mappings or folder / known_mappings.FOLDER
    known = known_mappings.known(own=own if own.is_dir() else home.mappings)
    chosen = [(path, choose(path, known)) for path in _exports_in(folder)]
    _keep(own, home)
    fitting = [(path, mapping) for path, mapping in chosen if mapping is not None]
    return Ingested(
        deliveries=ingest_files(home, fitting, progress=progress),
        unknown=[path for path, mapping in chosen if mapping is None],
    )


def ingest_files(
    home: Home, files: Iterable[tuple[Path, Mapping]], *, progress: Progress = silent
) -> list[Delivery]:
    """Take files with known mappings into the lake. Identities go to the application database."""
    keys = Keys(home.keys)
    return receive_all(
        home.lake,
        Vault(home.vault, keys),
        files,
        keys.pseudonymiser(manifest.latest(home.lake).pseudonym_key),
        identities=_remember,
        on_progress=lambda done, total: progress(_STAGE, done, total),
    )


def _remember(people: "pa.Table") -> None:
    identities.remember(people)


def may_be_export(name: str) -> bool:
    """Whether a file of this name is read at all: mappings, notes and hidden files are not."""
    return not name.endswith(_NOT_EXPORTS) and not name.startswith(".")


def _exports_in(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.iterdir() if path.is_file() and may_be_export(path.name))
    if not found:
        raise VftError(f"Mappen {folder} har ingen filer. Legg eksportene der, og prøv igjen.")
    return found


def _keep(own: Path, home: Home) -> None:
    if own.is_dir() and own != home.mappings:
        home.mappings.mkdir(parents=True, exist_ok=True)
        for path in own.glob("*.toml"):
            shutil.copyfile(path, home.mappings / path.name)
