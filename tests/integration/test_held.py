"""What is held of the lake is asked anew when, and only when, it or a mapping has changed."""

import re
from importlib.resources import files

import pytest
from small_exports import UNITS, vedtak

from vft.pipeline import holdings
from vft.pipeline.home import Home
from vft.pipeline.ingest import ingest
from vft.web import held


@pytest.mark.usefixtures("db")
def test_a_new_title_is_told_at_once_though_the_lake_is_as_it_was(settings, tmp_path):
    home = Home(tmp_path)
    home.prepare()
    settings.VFT_HOME = tmp_path
    exports = tmp_path / "eksporter"
    own = exports / "tilordninger"
    own.mkdir(parents=True)
    for name, content in (("enheter.csv", UNITS), ("gerica_tjenester.csv", vedtak())):
        (exports / name).write_text(content, encoding="utf-8")
    ready = (files("vft.sources") / "mappings" / "units.toml").read_text(encoding="utf-8")
    for title in ("Enheter", "Bydeler"):
        said = re.sub(r"(?m)^title = .*$", f'title = "{title}"', ready, count=1)
        (own / "units.toml").write_text(said, encoding="utf-8")
        ingest(home, exports)
        assert {d.source_title for d in held.deliveries()} == {title, "Gerica: vedtak"}
        assert {f.source_title for f in held.freshness()} == {title, "Gerica: vedtak"}
        (exports / "enheter.csv").unlink(missing_ok=True)  # only the mapping comes the next time


@pytest.mark.usefixtures("db")
def test_a_new_delivery_is_told_at_once(settings, tmp_path):
    home = Home(tmp_path)
    home.prepare()
    settings.VFT_HOME = tmp_path
    exports = tmp_path / "eksporter"
    exports.mkdir()
    assert (holdings.edition(home), held.deliveries()) == ((), [])
    for name, content in (("enheter.csv", UNITS), ("gerica_tjenester.csv", vedtak())):
        before = holdings.edition(home)
        (exports / name).write_text(content, encoding="utf-8")
        ingest(home, exports)
        assert holdings.edition(home) > before
        assert held.deliveries()[0].file_name == name
        assert held.deliveries() is held.deliveries()
