"""Every test has an installation of its own."""

import pytest


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.VFT_HOME = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return tmp_path
