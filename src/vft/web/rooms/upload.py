"""The room Last opp."""

from django.http import HttpRequest, HttpResponse

from vft.errors import NothingPublished


def page(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The room's page."""
    raise NothingPublished("Ingen tall er publisert ennå.")
