"""One installation with a small publication and two deliveries, and users of every kind."""

from pathlib import Path

import publication_sample
import pytest
from publication_sample import CITY, LAST, write
from small_exports import UNITS, vedtak

from vft.access import actions
from vft.access.models import AccessLog, Identity, Role
from vft.access.writes import writing
from vft.indicators import catalogue
from vft.pipeline.home import Home
from vft.pipeline.ingest import ingest
from vft.publication.read import Publication

#: username → (role, unit)
USERS = {
    "byleder": (Role.LEADER, ""),
    "leder": (Role.LEADER, "030101"),
    "koordinator": (Role.COORDINATOR, "030101"),
    "saksbehandler": (Role.CASE_WORKER, "030101"),
    "controller": (Role.CONTROLLER, ""),
    "analytiker": (Role.ANALYST, ""),
    "administrator": (Role.ADMINISTRATOR, ""),
    "uten rolle": (None, ""),
}


@pytest.fixture(scope="session")
def filled(tmp_path_factory, django_db_setup, django_db_blocker):  # noqa: ARG001 - the database stands first
    """A home that has received files and published. Tests only read it."""
    home = Home(tmp_path_factory.mktemp("home"))
    home.prepare()
    exports = tmp_path_factory.mktemp("exports")
    (exports / "enheter.csv").write_text(UNITS, encoding="utf-8")
    (exports / "gerica_tjenester.csv").write_text(vedtak(ends_on="01.01.2024"), encoding="utf-8")
    (exports / "grupperinger.csv").write_text("", encoding="utf-8")
    with django_db_blocker.unblock():
        ingest(home, exports)
        with writing():  # each test begins with an empty database
            Identity.objects.all().delete()
            AccessLog.objects.all().delete()
    write(home.publications, CITY)
    return home.root


@pytest.fixture(autouse=True)
def plain(settings, tmp_path, monkeypatch):
    """Fast passwords, static files without a manifest, a home of one's own."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.VFT_HOME = tmp_path
    # building the other indicators' expressions would take most of the time
    monkeypatch.setenv(catalogue.CHOICE, "concurrent_users")


@pytest.fixture
def home(settings, filled):
    settings.VFT_HOME = Path(filled)
    return Path(filled)


@pytest.fixture
def begun(home, settings, tmp_path, monkeypatch):  # noqa: ARG001 - instead of that one
    """A home that has published one month, which is not complete."""
    monkeypatch.setattr(publication_sample, "FIRST", LAST)
    write(tmp_path / "publications", CITY)
    settings.VFT_HOME = tmp_path


@pytest.fixture
def log_in(client, db):  # noqa: ARG001 - users need the database
    """Log in as one of USERS."""

    def as_user(name):
        role, unit = USERS[name]
        user = actions.create_user(username=name, password="x", given_name=name)
        if role:
            actions.give_role(user=user, role=role, unit=unit)
        client.force_login(user)
        return client

    return as_user


@pytest.fixture
def questions(monkeypatch):
    """Counts the questions asked of publications; they are answered as ever."""
    asked = []
    answer = Publication._rows

    def counted(self, sql, *values):
        asked.append(sql)
        return answer(self, sql, *values)

    monkeypatch.setattr(Publication, "_rows", counted)
    return asked
