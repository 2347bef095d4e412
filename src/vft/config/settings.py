"""Django's settings. Everything an installation may differ in comes from the environment.

VFT_HOME             where keys, lake, vault, publications and the database lie (``var``)
VFT_SECRET_KEY       signs sessions; or VFT_SECRET_KEY_FILE; without either one is made
VFT_ALLOWED_HOSTS    the names the server answers to, with commas; only this machine unless set
VFT_BEHIND_PROXY     1 where a proxy in front ends TLS, and sets X-Forwarded-Proto and -For itself
VFT_ORGANISATION     the organisation named in the access log
VFT_UPLOAD_MAX_BYTES the largest file taken on screen; 2 GB unless set
VFT_REQUIRE_MFA      for which roles a second factor is demanded: alle, ingen, or roles with commas;
                     alle unless set, ingen where only this machine is answered
VFT_INDICATORS       the indicators that are published, with commas; all unless set
VFT_IDLE_MINUTES     how long a session may rest; 30 unless set
VFT_OIDC_…           the municipality's own login: see config/provider.py
VFT_DEBUG            1 shows faults on screen; refused together with VFT_ALLOWED_HOSTS
DATABASE_URL         PostgreSQL, for instance; SQLite in VFT_HOME unless set
"""

import logging
import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from vft.config import provider, second_factor, secret

_LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

VFT_HOME = Path(os.environ.get("VFT_HOME") or "var").absolute()
VFT_ORGANISATION = os.environ.get("VFT_ORGANISATION") or "Kommunen"

DEBUG = os.environ.get("VFT_DEBUG") == "1"
ALLOWED_HOSTS = [h for h in os.environ.get("VFT_ALLOWED_HOSTS", "").split(",") if h] or _LOOPBACK
ONLY_THIS_MACHINE = set(ALLOWED_HOSTS) <= set(_LOOPBACK)
if DEBUG and not ONLY_THIS_MACHINE:
    raise ImproperlyConfigured("VFT_DEBUG viser feil med innhold og kan bare brukes lokalt.")
SECRET_KEY = secret.key(os.environ, VFT_HOME)

INSTALLED_APPS = [
    "vft.web",
    "vft.access",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "auditlog",
    "csp",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vft.web.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vft.web.session.LimitsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "vft.web.session.FirstThingsMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vft.web.refusals.RefusalsMiddleware",
]
ROOT_URLCONF = "vft.config.urls"
WSGI_APPLICATION = "vft.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vft.web.frame.frame",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VFT_HOME / 'app.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {
        # Readers are not stopped by the writer, and a writer waits its turn instead of failing.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

#: What must be known to every process for a moment: that a one-time code has been used. In the
#: database, which they share already, also where they run on several machines.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}
}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "overview"
LOGOUT_REDIRECT_URL = "login"

# Accounts are made by an administrator; nothing is sent by e-mail. Failed logins are counted by
# vft.access.limits, over all processes, and not by allauth.
ACCOUNT_ADAPTER = "vft.access.login.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "vft.access.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
VFT_REQUIRE_MFA = second_factor.roles(os.environ, only_this_machine=ONLY_THIS_MACHINE)
VFT_OIDC = provider.application(os.environ)
SOCIALACCOUNT_ADAPTER = "vft.web.login.provider.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [VFT_OIDC] if VFT_OIDC else []}}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("bokmål"))]
LOCALE_PATHS = [Path(__file__).parent.parent / "web" / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VFT_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
#: Files larger than this are written to disk while they arrive. They hold identity numbers, so
#: never to the system's temporary folder. Django refuses to start where the folder is not there.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_TEMP_DIR = VFT_HOME / "inbox" / "incoming"
for _folder in (FILE_UPLOAD_TEMP_DIR.parent, FILE_UPLOAD_TEMP_DIR):
    _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
VFT_UPLOAD_MAX_BYTES = int(os.environ.get("VFT_UPLOAD_MAX_BYTES") or 2_000_000_000)

SESSION_COOKIE_AGE = 8 * 3600
VFT_IDLE_SECONDS = 60 * int(os.environ.get("VFT_IDLE_MINUTES") or 30)
SESSION_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not ONLY_THIS_MACHINE
if not ONLY_THIS_MACHINE:
    # A browser takes a cookie of such a name only over TLS, and from this host itself.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not ONLY_THIS_MACHINE
SECURE_HSTS_SECONDS = 0 if ONLY_THIS_MACHINE else 365 * 86_400
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("VFT_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        # The design system draws its icons from data addresses in its style sheet.
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DJANGO_TABLES2_TEMPLATE = "web/table.html"


class _WithoutRequest(logging.Formatter):
    """Of a request that failed, its status and the class of the error. No address, no message."""

    def format(self, record: logging.LogRecord) -> str:
        raised = record.exc_info[0] if record.exc_info else None
        name = raised.__name__ if raised else "-"
        return f"{record.name}: {getattr(record, 'status_code', '-')} {name}"


#: The server's own log never holds what a request asked for: an address may name a unit.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without request": {"()": _WithoutRequest}},
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "requests": {"class": "logging.StreamHandler", "formatter": "without request"},
    },
    "loggers": {
        name: {"handlers": ["requests"], "level": "WARNING", "propagate": False}
        for name in ("django.request", "django.security")
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
