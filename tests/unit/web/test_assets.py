import re

import pytest

from vft.web import assets

FILES = sorted(path for path in assets.ensure().rglob("*") if path.suffix in {".css", ".js"})


def test_every_file_is_there():
    assert all((assets.VENDOR / name).stat().st_size for name in assets.FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_no_file_asks_for_another_that_is_not_there(file):
    text = file.read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert not re.search(r"url\(\s*[\"']?https?:", text)
    assert "@import" not in text


def test_the_lock_holds_no_address():
    assert '"resolved"' not in (assets.ROOT / "package-lock.json").read_text()
