"""The Django application."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the permissions and what the audit follows."""

    name = "vft.access"
    label = "access"
    verbose_name = "Tilgang"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Permissions and audit are registered once the models are there."""
        from vft.access import audit, scope

        scope.register()
        audit.register()
