"""What is held of the lake's contents is asked anew when, and only when, the lake has changed."""

import pytest
from small_exports import UNITS, vedtak

from vft.pipeline import holdings
from vft.pipeline.home import Home
from vft.pipeline.ingest import ingest
from vft.web import held


@pytest.mark.usefixtures("db")
def test_a_new_delivery_is_told_at_once(settings, tmp_path):
    home = Home(tmp_path)
    home.prepare()
    settings.VFT_HOME = tmp_path
    exports = tmp_path / "eksporter"
    exports.mkdir()
    assert (holdings.edition(home), held.deliveries()) == (0, [])
    for name, content in (("enheter.csv", UNITS), ("gerica_tjenester.csv", vedtak())):
        before = holdings.edition(home)
        (exports / name).write_text(content, encoding="utf-8")
        ingest(home, exports)
        assert holdings.edition(home) > before
        assert held.deliveries()[0].file_name == name
        assert held.deliveries() is held.deliveries()
