"""The door for WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vft.config.settings")
application = get_wsgi_application()

from vft.web import readiness  # noqa: E402 - needs Django to be ready

readiness.prepare()
