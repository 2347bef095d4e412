"""The settings are read in a process of their own, since a process reads them once."""

import json
import os
import stat
import subprocess
import sys

import pytest

ASKED = [
    *("DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"),
    *("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "CONTENT_SECURITY_POLICY"),
]
READ = (
    "import json; from vft.config import settings as s; "
    f"print(json.dumps({{n: getattr(s, n) for n in {ASKED}}} | {{'engine': "
    "s.DATABASES['default']['ENGINE'], 'options': s.DATABASES['default'].get('OPTIONS')}))"
)


def settings(home, **environment):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VFT_", "DATABASE_"))}
    done = subprocess.run(
        [sys.executable, "-c", READ],
        env=kept | {"VFT_HOME": str(home)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def test_alone_it_answers_this_machine_only_and_shows_no_faults(tmp_path):
    found = settings(tmp_path)
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert not found["DEBUG"]
    assert found["options"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["options"]["init_command"]


def test_with_a_name_it_demands_tls(tmp_path):
    found = settings(tmp_path, VFT_ALLOWED_HOSTS="vft.kommune.example")
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] > 0


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed(tmp_path):
    rules = settings(tmp_path)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert rules["default-src"] == ["'none'"]
    assert {source for sources in rules.values() for source in sources} == {
        "'none'",
        "'self'",
        "data:",
    }


def test_faults_are_never_shown_to_others(tmp_path):
    with pytest.raises(RuntimeError, match="VFT_DEBUG"):
        settings(tmp_path, VFT_DEBUG="1", VFT_ALLOWED_HOSTS="vft.kommune.example")


def test_postgresql_is_an_address(tmp_path):
    found = settings(tmp_path, DATABASE_URL="postgres://a:b@localhost/c")
    assert found["engine"] == "django.db.backends.postgresql"


def test_files_arrive_in_a_folder_for_the_server_alone(tmp_path):
    settings(tmp_path)
    for folder in ("inbox", "inbox/incoming"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700


FAIL = """
import django, logging
from django.test import RequestFactory
from django.utils.log import log_response
django.setup()
from django.http import HttpResponseForbidden
request = RequestFactory().get("/skalering/?enhet=district:030101")
for name in ("django.request", "django.security.csrf"):
    log_response("Forbidden: %s", request.get_full_path(), response=HttpResponseForbidden(),
                 request=request, logger=logging.getLogger(name),
                 exception=ValueError("Kari Nordmann"))
"""


def test_the_log_says_nothing_of_what_was_asked(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FAIL],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "vft.config.settings",
            "VFT_HOME": str(tmp_path),
            "VFT_ALLOWED_HOSTS": "vft.kommune.example",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines() == [
        "django.request: 403 ValueError",
        "django.security.csrf: 403 ValueError",
    ]
