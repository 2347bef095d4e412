"""What the pages themselves keep: uploads and how far they have come, and saved views."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vft.access.writes import Guarded, GuardedQuerySet


class State(models.TextChoices):
    """Where an upload is."""

    WAITING = "waiting", _("Venter")
    READING = "reading", _("Leses")
    LOADED = "loaded", _("Lest inn")
    UNCHANGED = "unchanged", _("Ingenting nytt")
    REFUSED = "refused", _("Avvist")
    FAILED = "failed", _("Stoppet")


class Upload(Guarded):
    """A file that someone sent from the upload page. Its content is in the inbox until read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(_("fil"), max_length=255)
    bytes = models.BigIntegerField(_("størrelse"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads"
    )
    sent_at = models.DateTimeField(_("sendt"), auto_now_add=True)
    told_at = models.DateTimeField(_("sist meldt"), auto_now=True)
    state = models.CharField(
        _("status"), max_length=12, choices=State.choices, default=State.WAITING
    )
    stage = models.CharField(_("trinn"), max_length=80, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    delivery = models.BigIntegerField(_("leveranse"), null=True)
    says = models.TextField(_("melding"), blank=True)

    objects = GuardedQuerySet.as_manager()

    personal: ClassVar = {"sent_by"}
    impersonal: ClassVar = {
        "id",
        "file_name",
        "bytes",
        "sent_at",
        "told_at",
        "state",
        "stage",
        "done",
        "total",
        "delivery",
        "says",
    }

    class Meta:
        verbose_name = _("opplasting")
        verbose_name_plural = _("opplastinger")
        ordering: ClassVar = ["-sent_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in {State.WAITING, State.READING}

    @property
    def share(self) -> int:
        """How much of the present stage is done, in percent."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class Room(models.TextChoices):
    """A room whose choices stand in its address, so that a view of it can be saved."""

    OVERVIEW = "overview", _("Oversikt")
    SCALING = "scaling", _("Skalering")


class SavedView(Guarded):
    """A view that someone has given a name: a room, and the choices in its address.

    It holds no figure. Whoever opens it sees what she may see.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(_("navn"), max_length=80)
    room = models.CharField(_("rom"), max_length=12, choices=Room.choices)
    query = models.CharField(_("valg"), max_length=1000, blank=True)
    saved_at = models.DateTimeField(_("lagret"), auto_now_add=True)

    objects = GuardedQuerySet.as_manager()

    personal: ClassVar = {"owner", "name"}
    impersonal: ClassVar = {"id", "room", "query", "saved_at"}

    class Meta:
        verbose_name = _("lagret visning")
        verbose_name_plural = _("lagrede visninger")
        ordering: ClassVar = ["-saved_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where it is shown."""
        room = reverse(self.room)
        return f"{room}?{self.query}" if self.query else room
