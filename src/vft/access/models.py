"""What the application database keeps about people.

Each model names its fields as ``personal`` or ``impersonal``; a test refuses an unclassified one.
"""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from vft.access.crypt import EncryptedText
from vft.access.writes import AppendOnly, Guarded, GuardedQuerySet


class Role(models.TextChoices):
    """What someone does with the figures."""

    LEADER = "leder", _("Leder")
    COORDINATOR = "koordinator", _("VFT-koordinator")
    CASE_WORKER = "saksbehandler", _("Saksbehandler")
    CONTROLLER = "controller", _("Controller")
    ANALYST = "analytiker", _("Analytiker")
    ADMINISTRATOR = "administrator", _("Administrator")


class User(AbstractUser):
    """Someone who logs in. What she may see follows from her roles, never from flags here."""

    personal: ClassVar = {"username", "first_name", "last_name", "email", "last_login"}
    impersonal: ClassVar = {
        "id",
        "password",
        "is_superuser",
        "is_staff",
        "is_active",
        "date_joined",
    }

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")


class RoleAssignment(Guarded):
    """A user has a role in a unit; an empty unit is the whole municipality."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("rolle"), max_length=20, choices=Role.choices)
    unit = models.CharField(_("enhet"), max_length=40, blank=True)
    given_at = models.DateTimeField(_("gitt"), auto_now_add=True)

    objects = GuardedQuerySet.as_manager()

    personal: ClassVar = {"user", "role", "unit"}
    impersonal: ClassVar = {"id", "given_at"}

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="one_row_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.unit}".strip()


class Identity(Guarded):
    """Who a pseudonym of the lake is. The identity number and the names are encrypted.

    ``fingerprint`` is a keyed digest of the content, so that an unchanged row is not written anew.
    """

    recipient_id = models.BigIntegerField(primary_key=True)
    identity = EncryptedText()
    given_name = EncryptedText(null=True)
    family_name = EncryptedText(null=True)
    address_blocked = models.BooleanField(_("adressesperre"), default=False)
    fingerprint = models.CharField(max_length=32)

    objects = GuardedQuerySet.as_manager()

    personal: ClassVar = {
        "recipient_id",
        "identity",
        "given_name",
        "family_name",
        "address_blocked",
        "fingerprint",
    }
    impersonal: ClassVar[set[str]] = set()

    class Meta:
        verbose_name = _("identitet")
        verbose_name_plural = _("identiteter")

    def __str__(self) -> str:
        return str(self.recipient_id)


class AccessLog(AppendOnly):
    """Someone was shown, or a job handled, rows about persons.

    One row a recipient where a person is shown; one row with ``count`` where a job handles many.
    """

    time = models.DateTimeField(_("tid"), auto_now_add=True, db_index=True)
    user = models.CharField(_("bruker"), max_length=150)
    organisation = models.CharField(_("virksomhet"), max_length=200)
    role = models.CharField(_("rolle"), max_length=20)
    purpose = models.CharField(_("formål"), max_length=400)
    what = models.CharField(_("hva"), max_length=400)
    recipient_id = models.BigIntegerField(_("tjenestemottaker"), null=True, db_index=True)
    count = models.IntegerField(_("antall"))

    objects = GuardedQuerySet.as_manager()

    personal: ClassVar = {"user", "role", "purpose", "what", "recipient_id"}
    impersonal: ClassVar = {"id", "time", "organisation", "count"}

    class Meta:
        verbose_name = _("innsyn")
        verbose_name_plural = _("innsynslogg")
        ordering: ClassVar = ["-time", "-id"]

    def __str__(self) -> str:
        return f"{self.time:%d.%m.%Y %H:%M} {self.user}: {self.what}"
