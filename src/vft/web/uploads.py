"""From a file sent on screen to a delivery in the lake: taken in, read in the background, told.

The file holds identity numbers: it lies in ``VFT_HOME/inbox``, readable by the server only, from
when it is sent until it has been read. The vault keeps it from then on, unless it was refused at a
glance.
"""

import logging
import os
import shutil
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from vft.access import scope
from vft.access.models import User
from vft.access.writes import writing
from vft.errors import FileRefused, VftError
from vft.web.models import State, Upload

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile

    from vft.pipeline.home import Home

logger = logging.getLogger(__name__)
#: Seconds between two messages from the work to the page.
_PAUSE = 0.4


def home() -> "Home":
    """The installation that the settings name."""
    from vft.pipeline.home import Home

    return Home(Path(settings.VFT_HOME))


def folder(upload: Upload) -> Path:
    """Where the upload's file lies until it is read."""
    return home().inbox / str(upload.pk)


def receive(*, file: "UploadedFile[Any]", by: User) -> Upload:
    """Take a file in and queue the reading of it.

    Raises:
        AccessDenied: the user's roles do not open uploads.
    """
    scope.require(by, scope.UPLOAD)
    name = Path(file.name or "fil").name
    upload = Upload(file_name=name, bytes=file.size or 0, sent_by=by)
    try:
        _keep(file.chunks(), folder(upload) / name)
        with writing():
            upload.save()
            transaction.on_commit(lambda: read.enqueue(str(upload.pk)))
    except BaseException:
        _remove(upload)  # nobody will read it
        raise
    return upload


def _keep(chunks: "Iterable[bytes]", path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as kept:
        kept.writelines(chunks)


@task()  # type: ignore[untyped-decorator] # django-tasks publishes no types here
def read(upload_id: str) -> None:
    """Read an uploaded file, refresh and publish. Runs in the worker.

    Raises:
        RuntimeError: a fault of ours; the message says nothing of it, the log its class.
    """
    upload = Upload.objects.get(pk=upload_id)
    try:
        _close_interrupted(but=upload)
        _read(upload)
    except Exception as error:  # noqa: BLE001 - whatever it is must not be quoted
        # Libraries quote the cell that they stopped at, and task table and log keep the words.
        logger.error("upload %s stopped: %s", upload_id, type(error).__name__)  # noqa: TRY400 - as above
        raise RuntimeError("upload stopped") from None
    finally:
        _remove(upload)


def clear_interrupted() -> None:
    """Close what an ended server left half done, and keep no file but those that wait.

    For when neither server nor worker runs: it removes what is on its way in, too.
    """
    _close_interrupted()
    waiting = {
        str(pk) for pk in Upload.objects.filter(state=State.WAITING).values_list("pk", flat=True)
    }
    arriving = Path(settings.FILE_UPLOAD_TEMP_DIR)
    for left in (*_within(home().inbox), *_within(arriving)):
        if left.name not in waiting and left != arriving:
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def _within(path: Path) -> list[Path]:
    return list(path.iterdir()) if path.is_dir() else []


def _read(upload: Upload) -> None:
    try:
        _tell(upload, state=State.READING)
        _load(upload)
    except FileRefused as error:
        _tell(upload, state=State.REFUSED, says=str(error))
    except VftError as error:
        _tell(upload, state=State.FAILED, says=_stopped(upload, error))
    except Exception:
        _tell(upload, state=State.FAILED, says=_what_is_kept(upload))
        raise


def _load(upload: Upload) -> None:
    from vft.pipeline.ingest import ingest
    from vft.pipeline.run import refresh_and_publish

    progress = _Progress(upload)
    taken = ingest(home(), folder(upload), progress=progress)
    if taken.unknown:
        raise FileRefused(
            _(
                "Ingen tilordning kjenner filnavnet «%(name)s». Ingenting er lest. Gi filen navnet "
                "den har fra fagsystemet, eller lag en tilordning med: vft source draft"
            )
            % {"name": upload.file_name},
            kind="unknown_file",
        )
    delivery = taken.deliveries[-1]
    upload.delivery = delivery.delivery
    _tell(upload, state=State.READING)
    says = delivery.refused_reason or ""
    if delivery.status != "refused":
        # Also where the file held nothing new: an earlier upload may have stopped before its end.
        published = refresh_and_publish(home(), progress=progress)
        if delivery.status == "unchanged" and published.number is not None:
            says = _("Tallene er oppdatert med det som er lest inn tidligere.")
    _tell(upload, state=State(delivery.status), says=says)


def _stopped(upload: Upload, error: VftError) -> str:
    """What a known error says, and before it what stands of the file."""
    if upload.delivery is None:
        return str(error)
    return _("Filen er lest inn, men tallene er ikke oppdatert. %(error)s") % {"error": error}


def _what_is_kept(upload: Upload) -> str:
    """After a fault of ours: what stands of the file. A load is whole or nothing."""
    if upload.delivery is None:
        return _(
            "Noe gikk galt hos oss, og feilen er notert. Ingenting av filen er lest inn. "
            "Prøv igjen, og be administratoren se i loggen om det gjentar seg."
        )
    return _(
        "Filen er lest inn, men noe gikk galt hos oss da tallene skulle beregnes. Feilen er "
        "notert, og tallene på skjermen er som før. De blir beregnet ved neste innlesing, eller "
        "med vft refresh og vft publish."
    )


def _tell(upload: Upload, *, state: State, says: str = "") -> None:
    with writing():
        upload.state, upload.says = state, says
        upload.save()


def _close_interrupted(*, but: Upload | None = None) -> None:
    """Say so where a worker ended in the middle, and remove the files.

    One worker reads, so another upload that is being read has none.
    """
    unread = _("Lesingen ble avbrutt. Last den opp på nytt: ingenting blir lest inn to ganger.")
    read_in = _(
        "Filen er lest inn, men arbeidet ble avbrutt før tallene var oppdatert. De blir oppdatert "
        "ved neste innlesing, eller med vft refresh og vft publish."
    )
    reading = Upload.objects.filter(state=State.READING)
    for upload in reading.exclude(pk=but.pk) if but else reading:
        _tell(upload, state=State.FAILED, says=unread if upload.delivery is None else read_in)
        _remove(upload)


def _remove(upload: Upload) -> None:
    shutil.rmtree(folder(upload), ignore_errors=True)


class _Progress:
    """Tells the page how far the work is, often enough to see and seldom enough to cost nothing."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self.told = 0.0

    def __call__(self, stage: str, done: int, total: int, /) -> None:
        if stage == self.upload.stage and monotonic() - self.told < _PAUSE:
            return
        self.told = monotonic()
        with writing():
            self.upload.stage, self.upload.done, self.upload.total = stage, done, total
            self.upload.save()
