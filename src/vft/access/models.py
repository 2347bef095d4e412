"""What the application database keeps about people, and what people have set in it.

Each model names its fields as ``personal`` or ``impersonal``; a test refuses an unclassified one.
"""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
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

    #: Counts up when her roles change or she is closed, which ends her open sessions.
    session_round = models.PositiveIntegerField(default=0, editable=False)
    #: Somebody else made it, and knows it: she chooses another before anything is opened.
    password_is_first = models.BooleanField(default=False, editable=False)

    personal: ClassVar = {"username", "first_name", "last_name", "email", "last_login"}
    impersonal: ClassVar = {
        "id",
        "password",
        "is_superuser",
        "is_staff",
        "is_active",
        "date_joined",
        "session_round",
        "password_is_first",
    }

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must be signed with to be hers: the password, and the round."""
        signed = f"{self.password}:{self.session_round}"
        return salted_hmac(
            "vft.access.models.User", signed, secret=secret, algorithm="sha256"
        ).hexdigest()


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
        return f"{self.get_role_display()} {self.unit}".strip() + f", {self.user.username}"

    def get_additional_data(self) -> dict[str, int]:
        """Whose it is, for the trail of changes."""
        return {"user": self.user_id}


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


class ApiToken(Guarded):
    """A key with which a program reads on behalf of its owner. Only a digest of it is kept.

    ``acts`` and ``units`` are what it opens of the owner's; no units: all of hers.
    """

    name = models.CharField(_("navn"), max_length=80)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    acts = models.JSONField(_("åpner"), default=list)
    units = models.JSONField(_("enheter"), default=list)
    made_at = models.DateTimeField(_("laget"), auto_now_add=True)
    expires_at = models.DateTimeField(_("utløper"))
    revoked_at = models.DateTimeField(_("trukket tilbake"), null=True)
    last_used_on = models.DateField(_("sist brukt"), null=True)

    objects = GuardedQuerySet.as_manager()

    personal: ClassVar = {"name", "owner", "units", "last_used_on"}
    impersonal: ClassVar = {"id", "digest", "acts", "made_at", "expires_at", "revoked_at"}

    class Meta:
        verbose_name = _("nøkkel")
        verbose_name_plural = _("nøkler")
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name


class SmallCells(AppendOnly):
    """From which count a figure is large enough to be shown to everyone. The newest row rules."""

    threshold = models.PositiveSmallIntegerField(_("grense"))
    set_at = models.DateTimeField(_("satt"), auto_now_add=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()

    personal: ClassVar = {"set_by"}
    impersonal: ClassVar = {"id", "threshold", "set_at"}

    class Meta:
        verbose_name = _("grense for små tall")
        verbose_name_plural = _("grenser for små tall")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(threshold__gte=3), name="never_below_three")
        ]

    def __str__(self) -> str:
        return str(self.threshold)


class LocalAnnotation(Guarded):
    """A known break that someone has written here; shown on charts from that moment.

    The fields are those of the contract ``annotations``. An empty unit is the whole municipality,
    an empty service is all of them. Withdrawn ones are kept, and shown nowhere.
    """

    starts_on = models.DateField(_("fra"))
    ends_on = models.DateField(_("til"), null=True)
    unit = models.CharField(_("enhet"), max_length=40, blank=True)
    service = models.CharField(_("tjeneste"), max_length=40, blank=True)
    text = models.CharField(_("tekst"), max_length=300)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="annotations")
    written_at = models.DateTimeField(_("skrevet"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("trukket tilbake"), null=True)

    objects = GuardedQuerySet.as_manager()

    personal: ClassVar = {"written_by"}
    impersonal: ClassVar = {
        "id",
        "starts_on",
        "ends_on",
        "unit",
        "service",
        "text",
        "written_at",
        "withdrawn_at",
    }

    class Meta:
        verbose_name = _("merknad")
        verbose_name_plural = _("merknader")
        ordering: ClassVar = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return self.text


class Spent(Guarded):
    """How much of a limit someone has spent. Who it is, is kept as a keyed digest only."""

    limit = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    objects = GuardedQuerySet.as_manager()

    personal: ClassVar[set[str]] = set()
    impersonal: ClassVar = {"id", "limit", "key", "until", "count"}

    class Meta:
        verbose_name = _("forbruk")
        verbose_name_plural = _("forbruk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["limit", "key"], name="one_row_per_limit_and_key")
        ]

    def __str__(self) -> str:
        return f"{self.limit}: {self.count}"
