"""What a new server process does before it answers, so that its first page is like any other."""

import logging
from importlib import import_module

from django.template.loader import get_template
from django.urls import get_resolver

from vft.web import book, held
from vft.web.book import Book

logger = logging.getLogger(__name__)
#: Large libraries that pages use and do not import before they must.
_LIBRARIES = ("vl_convert", "ibis", "duckdb", "pandas", "xlsxwriter")
_TEMPLATES = ("overview", "scaling", "scaling_filters", "scaling_figures", "login", "explained")


def prepare() -> None:
    """Read code, templates, and the lists of the newest publication and of the lake.

    What cannot be read stops the page that needs it, and not the server.
    """
    _read_code()
    try:
        here = book.newest()
        if here is not None:
            _read_lists(here)
            held.freshness()
            held.completeness()
    except Exception as error:  # noqa: BLE001 - as above; libraries quote what they stopped at
        logger.warning("not read ahead: %s", type(error).__name__)


def _read_code() -> None:
    _every_room = get_resolver().url_patterns
    for name in _LIBRARIES:
        import_module(name)
    for name in _TEMPLATES:
        get_template(f"web/{name}.html")


def _read_lists(here: Book) -> None:
    _lists = here.units, here.measures, here.months, here.services, here.definitions
    _more = here.corrections, here.concurrent, here.municipality, here.publication.meta
    for indicator in here.indicators:
        here.slices_of(indicator)
