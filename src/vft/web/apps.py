"""The Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages."""

    name = "vft.web"
    label = "web"
    verbose_name = "VFT"
    default_auto_field = "django.db.models.BigAutoField"
