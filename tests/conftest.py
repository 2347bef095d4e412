"""Its being here lets every test import the modules beside it: factories, visible."""

import pytest
from hypothesis import settings

# what a try takes is the machine's business, and one that others use too may be slow at any time
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _colours_are_not_asked_for(monkeypatch):
    """What a terminal is asked to show would make one of every file that a test reads."""
    for asked in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(asked, raising=False)
