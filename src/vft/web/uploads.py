"""From a file sent on screen to a delivery in the lake: taken in, read in the background, told.

The file holds identity numbers: it lies in ``VFT_HOME/inbox``, readable by the server only, from
when it is sent until it has been read, and the vault keeps it from then on.
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
    with writing():
        upload = Upload(file_name=name, bytes=file.size or 0, sent_by=by)
        _keep(file.chunks(), folder(upload) / name)
        upload.save()
        transaction.on_commit(lambda: read.enqueue(str(upload.pk)))
    return upload


def _keep(chunks: "Iterable[bytes]", path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as kept:
        kept.writelines(chunks)


@task()  # type: ignore[untyped-decorator] # django-tasks publishes no types here
def read(upload_id: str) -> None:
    """Read an uploaded file, refresh and publish. Runs in the worker."""
    upload = Upload.objects.get(pk=upload_id)
    _close_interrupted(upload)
    try:
        _load(upload)
    except VftError as error:
        refused = isinstance(error, FileRefused)
        _tell(upload, state=State.REFUSED if refused else State.FAILED, says=str(error))
    except Exception:
        logger.exception("upload %s stopped", upload_id)
        _tell(upload, state=State.FAILED, says=_what_is_kept(upload))
        raise
    finally:
        shutil.rmtree(folder(upload), ignore_errors=True)


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
    if delivery.status == "loaded":
        refresh_and_publish(home(), progress=progress)
    _tell(upload, state=State(delivery.status), says=delivery.refused_reason or "")


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


def _close_interrupted(upload: Upload) -> None:
    """Say so where a worker ended in the middle: loads are atomic, nothing was half read."""
    says = _("Lesingen ble avbrutt. Ingenting av filen er lest inn. Last den opp på nytt.")
    with writing():
        others = Upload.objects.filter(state=State.READING).exclude(pk=upload.pk)
        others.update(state=State.FAILED, says=says)
        upload.state = State.READING
        upload.save()


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
