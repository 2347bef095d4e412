"""The vault: received files and refused rows, which name people, encrypted and apart from the lake.

Files are age files under the installation's public key. Received files are named by the SHA-256 of
what was received, quarantine by the delivery.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from vft.errors import VaultError
from vft.lake.keys import Keys

if TYPE_CHECKING:
    import pyarrow as pa

_BUFFER = 1 << 20
#: In a folder of ours: a file that is locked for as long as the process works there.
_ALIVE = ".alive"


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A received file in the vault. ``already``: the same content was there before."""

    sha256: str
    bytes: int
    already: bool


@dataclass(frozen=True)
class Vault:
    """A folder of encrypted files. Putting in needs the public key only."""

    root: Path
    keys: Keys

    @property
    def received(self) -> Path:
        """Files as they were received, one a content."""
        return self.root / "received"

    @property
    def quarantine(self) -> Path:
        """Raw rows that were refused, one file a delivery."""
        return self.root / "quarantine"

    def keep(self, path: Path) -> Stored:
        """Put a received file in the vault, encrypted and hashed in one pass.

        Raises:
            VaultError: the public key is not there.
        """
        with self._coming_in() as draft:
            with path.open("rb") as source:
                reading = _Hashing(source)
                _encrypt(reading, draft, self.keys)
            target = self.received_file(reading.sha256)
            already = target.exists()
            if not already:
                target.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(target)
        return Stored(sha256=reading.sha256, bytes=reading.bytes, already=already)

    @contextmanager
    def open(self, sha256: str) -> Iterator[Path]:
        """A received file in the clear, for as long as the context lasts.

        Raises:
            VaultError: it is not there, is damaged, or the private key is not there.
        """
        with self.opened(self.received_file(sha256)) as path:
            yield path

    @contextmanager
    def refusing(self, delivery: int) -> Iterator["RawRows"]:
        """Collect the raw rows of a delivery that are refused; kept when the context ends well."""
        with self._coming_in() as draft:
            raw = RawRows(draft, self.keys)
            with raw:
                yield raw
            if raw.rows:
                target = self.quarantine_file(delivery)
                target.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(target)

    def refused(self, delivery: int) -> "pa.Table | None":
        """The raw rows that were refused of a delivery; None when there are none (any more)."""
        import pyarrow.parquet as pq

        file = self.quarantine_file(delivery)
        if not file.exists():
            return None
        with self.opened(file) as path:
            return pq.read_table(path)

    def drop_received(self, sha256: str) -> bool:
        """Delete a received file. Gives whether it was there."""
        return _deleted(self.received_file(sha256))

    def drop_refused(self, delivery: int) -> bool:
        """Delete a delivery's refused rows. Gives whether there were any."""
        return _deleted(self.quarantine_file(delivery))

    def files(self) -> list[Path]:
        """All encrypted files."""
        return sorted(self.root.glob("*/*.age"))

    def received_file(self, sha256: str) -> Path:
        """Where a received file is."""
        return self.received / f"{sha256}.age"

    def quarantine_file(self, delivery: int) -> Path:
        """Where a delivery's refused rows are."""
        return self.quarantine / f"{delivery}.parquet.age"

    @contextmanager
    def opened(self, file: Path, *, identities: list[Any] | None = None) -> Iterator[Path]:
        """An encrypted file in the clear, in a folder of its own that the owner alone can read.

        ``identities``: private keys to try, the installation's unless said.
        """
        if not file.exists():
            raise VaultError(f"{file.name} finnes ikke i hvelvet. Lagringstiden kan være ute.")
        with self._in_the_clear() as folder:
            clear = folder / file.stem
            _decrypt(file, clear, identities or self.keys.identities())
            yield clear

    def put_back(self, clear: Path, file: Path) -> None:
        """Replace an encrypted file by other content, with the old time, in one step."""
        put_in = file.stat().st_mtime
        with self._coming_in() as draft:
            with clear.open("rb") as source:
                _encrypt(source, draft, self.keys)
            os.utime(draft, (put_in, put_in))
            draft.replace(file)

    @contextmanager
    def _coming_in(self) -> Iterator[Path]:
        with self._own_folder("incoming") as folder:
            yield folder / "draft"

    @contextmanager
    def _in_the_clear(self) -> Iterator[Path]:
        with self._own_folder("opened") as folder:
            yield folder

    @contextmanager
    def _own_folder(self, kind: str) -> Iterator[Path]:
        """A new folder that the owner alone can read; first goes what killed processes left."""
        parent = self.root / kind
        parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # nobody may look between the making of a folder and its lock
        with _locked(self.root / "lock"):
            for place in ("opened", "incoming"):
                _clear_after_the_dead(self.root / place)
            folder = Path(tempfile.mkdtemp(dir=parent))
            alive = _lock(folder / _ALIVE)
        try:
            yield folder
        finally:
            with _locked(self.root / "lock"):  # half removed it would look like a dead one's
                shutil.rmtree(folder)
            os.close(alive)


class RawRows:
    """Refused rows on their way into the vault: never in the clear on disk, never all in memory."""

    def __init__(self, target: Path, keys: Keys) -> None:
        self.rows = 0
        self._target = target
        self._keys = keys
        self._writer: Any = None
        self._pipe: Any = None
        self._thread: threading.Thread | None = None
        self._failure: list[BaseException] = []

    def __enter__(self) -> Self:
        return self

    def add(self, rows: "pa.Table") -> None:
        """Put rows in. All must have the columns of the first."""
        import pyarrow.parquet as pq

        if not rows.num_rows:
            return
        if self._writer is None:
            self._start()
            self._writer = pq.ParquetWriter(self._pipe, rows.schema, compression="zstd")
        self._writer.write_table(rows)
        self.rows += rows.num_rows

    def __exit__(self, *_: object) -> None:
        if self._thread is None:
            return
        try:
            self._writer.close()
        finally:
            self._pipe.close()
            self._thread.join()
        if self._failure:
            raise VaultError("De avviste radene kunne ikke krypteres.") from self._failure[0]

    def _start(self) -> None:
        receiving, sending = os.pipe()
        self._pipe = os.fdopen(sending, "wb", buffering=_BUFFER)
        self._thread = threading.Thread(target=self._encrypt, args=(receiving,), daemon=True)
        self._thread.start()

    def _encrypt(self, receiving: int) -> None:
        with os.fdopen(receiving, "rb", buffering=_BUFFER) as source:
            try:
                _encrypt(source, self._target, self._keys)
            except BaseException as failure:  # noqa: BLE001 -- raised again where the rows come from
                self._failure.append(failure)
                while source.read(_BUFFER):
                    pass  # let the sender end, or it would wait for ever


class _Hashing:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.bytes = 0

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._hash.update(data)
        self.bytes += len(data)
        return data


def _encrypt(source: Any, target: Path, keys: Keys) -> None:
    import pyrage

    recipient = keys.recipient()
    with target.open("wb", buffering=_BUFFER) as file:
        pyrage.encrypt_io(source, file, [recipient])
        file.flush()
        os.fsync(file.fileno())


def _decrypt(file: Path, target: Path, identities: list[Any]) -> None:
    import pyrage

    try:
        with file.open("rb", buffering=_BUFFER) as source, target.open("wb") as clear:
            pyrage.decrypt_io(source, clear, identities)
    except (pyrage.DecryptError, OSError) as damaged:
        raise VaultError(
            f"{file.name} kan ikke åpnes: filen er skadet, eller nøkkelen er en annen enn den "
            "filen ble kryptert med."
        ) from damaged


def _deleted(file: Path) -> bool:
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True


def _clear_after_the_dead(place: Path) -> None:
    """Remove what killed processes left: the kernel frees the lock of a process that dies.

    A process number would not do: in a container the next process has the dead one's.
    """
    for left in place.iterdir() if place.is_dir() else ():
        if not _is_held(left / _ALIVE):
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def _is_held(lock: Path) -> bool:
    try:
        os.close(_lock(lock, wait=False, create=False))
    except BlockingIOError:
        return True
    except (FileNotFoundError, NotADirectoryError):
        return False
    return False


@contextmanager
def _locked(lock: Path) -> Iterator[None]:
    held = _lock(lock)
    try:
        yield
    finally:
        os.close(held)


def _lock(lock: Path, *, wait: bool = True, create: bool = True) -> int:
    """Hold a file until the descriptor is closed, or the process ends.

    Raises:
        BlockingIOError: another holds it, and we do not wait.
    """
    held = os.open(lock, os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        os.close(held)
        raise
    return held
