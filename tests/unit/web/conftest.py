"""Every test has an installation of its own; a publication is written once."""

import pytest
from publication_sample import CITY, write

from vft.access.scope import Scope
from vft.publication.read import Publication
from vft.web.book import Book


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.VFT_HOME = tmp_path
    return tmp_path


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    return Book(Publication.open(write(tmp_path_factory.mktemp("publications"), CITY)))


@pytest.fixture
def whole():
    return Scope(whole=True, units=frozenset())


@pytest.fixture
def of_gamle_oslo():
    return Scope(whole=False, units=frozenset({"030101"}))
