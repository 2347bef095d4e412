"""Publishing never goes backwards, whoever publishes at the same time."""

import threading

import pytest
from small_exports import UNITS, vedtak

from vft.lake import manifest
from vft.pipeline.home import Home
from vft.pipeline.ingest import ingest
from vft.pipeline.run import publish
from vft.publication import shelf


@pytest.fixture
def delivered(tmp_path, db):  # noqa: ARG001 - names are kept in the database
    """A home whose lake has data, and what delivers to it."""
    home = Home(tmp_path / "O'Neils hjem; DROP TABLE figure")
    home.prepare()

    def deliver(**files):
        exports = tmp_path / "exports"
        exports.mkdir(exist_ok=True)
        for name, content in files.items():
            (exports / f"{name}.csv").write_text(content, encoding="utf-8")
        ingest(home, exports)

    deliver(enheter=UNITS, gerica_tjenester=vedtak(count=3))
    return home, deliver


def test_who_began_with_an_older_state_does_not_publish_after_who_has_a_newer(delivered):
    home, deliver = delivered
    looked, go_on = threading.Event(), threading.Event()

    def slowly(*_):
        looked.set()
        go_on.wait()

    first = threading.Thread(target=publish, args=(home,), kwargs={"progress": slowly})
    first.start()
    looked.wait()
    older = manifest.latest(home.lake).number
    deliver(gerica_tjenester=vedtak(count=5))
    second = threading.Thread(target=publish, args=(home,))
    second.start()
    second.join(timeout=3)  # time enough to overtake, were it not held back
    go_on.set()
    first.join()
    second.join()
    newer = manifest.latest(home.lake).number
    assert [p.manifest for p in shelf.listed(home.publications)] == [older, newer]
    assert older < newer
