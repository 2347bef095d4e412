"""What a reader is not shown, kept in ``VFT_HOME/cache/masks``: seconds of work for a large city.

The key is everything that it follows from: the publication, whose units are the reader's, the
threshold, and the code that works it out. Whoever is shown otherwise has another file. A file holds
which cells are hidden, and no figure.
"""

import os
import shutil
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import get_ident
from zipfile import BadZipFile

import numpy as np
from django.conf import settings

import vft.disclosure
import vft.publication
from vft.disclosure.homes import Bools
from vft.publication.read import Publication

#: What works masks out, and what says in which order places and slices are: when any of it changes,
#: none that is kept holds.
_CODE = tuple(
    file
    for folder in (vft.disclosure.__file__, vft.publication.__file__, __file__)
    for file in Path(folder).parent.glob("*.py")
)


def kept(publication: Publication, key: object, *, shape: tuple[int, ...]) -> Bools | None:
    """A mask that was worked out before; None where it was not, or is not of the shape."""
    try:
        with _file(publication, key).open("rb") as file, np.load(file) as read:
            found: Bools = read["hidden"]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):  # not there, or not whole
        return None
    return found if found.dtype == bool and found.shape == shape else None


def keep(publication: Publication, key: object, mask: Bools) -> None:
    """Keep a mask for this process and others."""
    file = _file(publication, key)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}-{get_ident()}")
    with fresh.open("wb") as written:
        np.savez_compressed(written, hidden=mask)
    fresh.replace(file)


def clear(*, but: Publication) -> None:
    """Let go of those of publications before."""
    newest = _folder(but)
    for folder in newest.parent.glob("*"):
        if folder != newest:
            shutil.rmtree(folder, ignore_errors=True)


def _folder(publication: Publication) -> Path:
    meta = sorted(publication.meta.items())
    digest = sha256(repr((meta, _code())).encode()).hexdigest()[:24]
    return Path(settings.VFT_HOME) / "cache" / "masks" / f"{publication.number}-{digest}"


def _file(publication: Publication, key: object) -> Path:
    return _folder(publication) / f"{sha256(repr(key).encode()).hexdigest()[:32]}.npz"


@lru_cache(maxsize=1)
def _code() -> str:
    return sha256(b"".join(path.read_bytes() for path in sorted(_CODE))).hexdigest()
