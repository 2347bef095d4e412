"""Is a zip file safe to unpack? Asked of its directory, and by counting, before it is opened."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from vft.errors import FileRefused
from vft.sources.look import truncated
from vft.sources.refusal import refused

#: A full Excel sheet of ten columns unpacks to about 600 MB.
MOST_BYTES = 1 << 30
MOST_ENTRIES = 10_000
#: Spreadsheets shrink 5–20 times; only repetition without end shrinks more than this.
HIGHEST_RATIO = 200
#: Below this no ratio is dangerous.
HARMLESS_BYTES = 20 << 20
_PIECE = 1 << 20
_LOCAL_HEADER = 30


def check(path: Path) -> None:
    """Refuse a zip file that unpacks to more than a spreadsheet can be, or that is damaged.

    Raises:
        FileRefused: ``zip_bomb`` or ``truncated``.
    """
    entries = _directory(path)
    packed, unpacked = path.stat().st_size, sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        raise _bomb(path, f"Den inneholder {len(entries)} deler; et regneark har noen titalls.")
    if unpacked > MOST_BYTES or (unpacked > HARMLESS_BYTES and unpacked > HIGHEST_RATIO * packed):
        raise _bomb(path, f"Den er {_size(packed)}, men pakkes ut til {_size(unpacked)}.")
    for entry in entries:
        _refuse_lying(path, entry)


def pieces(path: Path, name: str) -> Iterator[bytes]:
    """A part of the file, unpacked piece by piece."""
    with zipfile.ZipFile(path) as archive, archive.open(name) as part:
        while piece := part.read(_PIECE):
            yield piece


def _directory(path: Path) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise truncated(
            path, "Excel-filen er skadet: innholdsfortegnelsen i den mangler."
        ) from error


def _refuse_lying(path: Path, entry: zipfile.ZipInfo) -> None:
    """An entry may say that it is small and not be: count, and stop at what it said."""
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return
    left = entry.file_size
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in _packed(path, entry):
            packed = piece
            while packed:
                left -= len(unpacker.decompress(packed, _PIECE))
                packed = unpacker.unconsumed_tail
                if left < 0:
                    raise _bomb(path, "En del av den er større enn innholdsfortegnelsen sier.")
    except (zlib.error, OSError) as error:
        raise truncated(path, "Excel-filen er skadet og lar seg ikke pakke ut.") from error
    if left > 0:
        raise truncated(path, "Excel-filen er skadet: en del av den er kortere enn den skal være.")


def _packed(path: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(entry.header_offset)
        local = file.read(_LOCAL_HEADER)
        name, extra = int.from_bytes(local[26:28], "little"), int.from_bytes(local[28:30], "little")
        file.seek(name + extra, 1)
        left = entry.compress_size
        while left > 0 and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece


def _bomb(path: Path, wrong: str) -> FileRefused:
    mend = "Dette er ikke et vanlig regneark. Finn ut hvor filen kommer fra før den sendes igjen."
    return refused(path, "zip_bomb", wrong, mend)


def _size(count: int) -> str:
    """``1500000`` → ``1,5 MB``."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= size:
            return f"{count / size:.1f} {unit}".replace(".", ",")
    return f"{count} byte"
