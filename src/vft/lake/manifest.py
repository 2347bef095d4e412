"""The manifest: which version of each table is the truth.

Each state of the lake is one immutable, numbered JSON file. The newest is what readers resolve;
writing it is the last thing a load does, and makes all its tables visible at once.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from vft.errors import LakeError
from vft.lake.lake import Lake

#: Among a table's changed months: the change may matter to every month.
EVERY_MONTH = "*"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A state of the lake.

    ``versions``: table → Delta version. ``changes``: table → months that this state's rows touch.
    ``derived``: derived table → number of the manifest it was computed from. ``readable_from``:
    table → oldest manifest number at which it can still be read, where erasure or retention has
    removed what was before; tables that are not named can be read at any number. ``pseudonym_key``:
    fingerprint of the key that its pseudonyms were made with.
    """

    number: int
    created_at: datetime
    reason: str
    versions: Mapping[str, int] = field(default_factory=dict)
    changes: Mapping[str, list[str]] = field(default_factory=dict)
    derived: Mapping[str, int] = field(default_factory=dict)
    readable_from: Mapping[str, int] = field(default_factory=dict)
    pseudonym_key: str = ""


EMPTY = Manifest(number=0, created_at=datetime.min.replace(tzinfo=UTC), reason="tomt datalager")


def latest(lake: Lake) -> Manifest:
    """The truth now; number 0 and no tables in a lake that nobody has written to."""
    numbers = _numbers(lake)
    return _read(lake, numbers[-1]) if numbers else EMPTY


def at(lake: Lake, *, number: int | None = None, as_of: datetime | None = None) -> Manifest:
    """The state with a number, or the newest that existed at a moment.

    Raises:
        LakeError: there was no such state.
    """
    if number is not None:
        return _read(lake, number) if number else EMPTY
    if as_of is None:
        return latest(lake)
    return _newest_at(lake, as_of)


def history(lake: Lake) -> list[Manifest]:
    """Every state, oldest first."""
    return [_read(lake, number) for number in _numbers(lake)]


def changed_since(lake: Lake, number: int, upto: Manifest) -> dict[str, set[str]]:
    """Months touched, by table, in the states after ``number`` up to and with ``upto``.

    A set that holds :data:`EVERY_MONTH` means that any month may have changed.
    """
    months: dict[str, set[str]] = {}
    for later in range(number + 1, upto.number + 1):
        for table, touched in _read(lake, later).changes.items():
            months.setdefault(table, set()).update(touched)
    return months


def publish(lake: Lake, manifest: Manifest, *, scratch: Path) -> None:
    """Make a state the truth. Durable on return; never overwrites another state.

    Raises:
        LakeError: a state with that number is already there.
    """
    lake.manifests.mkdir(parents=True, exist_ok=True)
    draft = scratch / f"{manifest.number}.json"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(_as_json(manifest), file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    try:
        # a link, unlike a rename, refuses to replace what is there
        os.link(draft, _path(lake, manifest.number))
    except FileExistsError as taken:
        raise LakeError(f"Tilstand {manifest.number} av datalageret finnes allerede.") from taken
    finally:
        draft.unlink()
    sync_folder(lake.manifests)


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _path(lake: Lake, number: int) -> Path:
    return lake.manifests / f"{number}.json"


def _numbers(lake: Lake) -> list[int]:
    if not lake.manifests.is_dir():
        return []
    names: Iterable[str] = (entry.name for entry in os.scandir(lake.manifests))
    return sorted(int(name[:-5]) for name in names if name[:-5].isdigit())


def _newest_at(lake: Lake, as_of: datetime) -> Manifest:
    for number in reversed(_numbers(lake)):
        manifest = _read(lake, number)
        if manifest.created_at <= as_of:
            return manifest
    raise LakeError(f"Datalageret var tomt {as_of:%d.%m.%Y %H:%M}. Velg et senere tidspunkt.")


def _as_json(manifest: Manifest) -> dict[str, object]:
    return asdict(manifest) | {"created_at": manifest.created_at.isoformat()}


def _read(lake: Lake, number: int) -> Manifest:
    try:
        content = json.loads(_path(lake, number).read_text(encoding="utf-8"))
    except FileNotFoundError as absent:
        raise LakeError(f"Datalageret har ingen tilstand {number}.") from absent
    content["created_at"] = datetime.fromisoformat(content["created_at"])
    return Manifest(**content)
