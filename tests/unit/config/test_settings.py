"""The settings are read in a process of their own, since a process reads them once."""

import json
import os
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
