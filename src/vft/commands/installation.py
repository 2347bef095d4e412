"""Making an installation ready for a command: keys, database, then the home to work in."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vft.pipeline.home import Home


def start_django() -> None:
    """Load settings and models."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vft.config.settings")
    django.setup()


def ready() -> "Home":
    """The installation that the environment names, made if it is new and migrated if it is old."""
    start_django()
    from django.core.management import call_command

    from vft.pipeline.home import Home

    home = Home.here()
    home.prepare()
    call_command("migrate", verbosity=0)
    return home
