"""What is hidden from a reader is kept, and only where all that it follows from is the same."""

import numpy as np
import pytest

from vft.web import masks
from vft.web.book import Book
from vft.web.shown import Shown
from vft.web.unseen import Unseen

MASK = np.array([[True, False, True]])


def kept(publication, key, shape=(1, 3)):
    return masks.kept(publication, key, shape=shape)


def test_what_is_kept_is_read_by_the_same_key_and_no_other(city):
    masks.keep(city.publication, ("leder", 5), MASK)
    assert np.array_equal(kept(city.publication, ("leder", 5)), MASK)
    assert kept(city.publication, ("leder", 6)) is None
    assert kept(city.publication, ("leder", 5), shape=(3, 1)) is None


def test_what_the_code_before_kept_is_not_read(city, monkeypatch):
    masks.keep(city.publication, "leder", MASK)
    monkeypatch.setattr(masks, "_code", lambda: "other code")
    assert kept(city.publication, "leder") is None


def test_a_file_that_is_not_whole_is_as_none(city, home):
    masks.keep(city.publication, "leder", MASK)
    (file,) = (home / "cache" / "masks").rglob("*.npz")
    file.write_bytes(file.read_bytes()[:40])
    assert kept(city.publication, "leder") is None


def test_only_the_newest_publication_s_are_kept(city, home):
    old = home / "cache" / "masks" / "1-before"
    old.mkdir(parents=True)
    masks.keep(city.publication, "leder", MASK)
    masks.clear(but=city.publication)
    assert not old.exists()
    assert kept(city.publication, "leder") is not None


@pytest.fixture
def worked_out(monkeypatch):
    """The families that were worked out, and not read."""
    found = []
    work = Unseen._work_out

    def counted(self, alike, threshold):
        found.append(alike)
        return work(self, alike, threshold)

    monkeypatch.setattr(Unseen, "_work_out", counted)
    return found


def seen(city, scope, *, threshold=5):
    """As a new process sees it: with a book of its own."""
    shown = Shown(Book(city.publication), scope, threshold=threshold)
    return {
        key: [point.cell.state for point in points]
        for key, points in shown.cells("concurrent_users", geography="now").items()
    }


def test_another_process_reads_what_one_worked_out_and_shows_the_same(
    city, of_gamle_oslo, worked_out
):
    first = seen(city, of_gamle_oslo)
    assert len(worked_out) > 0
    worked_out.clear()
    assert seen(city, of_gamle_oslo) == first
    assert worked_out == []


def test_another_reader_and_another_threshold_have_masks_of_their_own(
    city, of_gamle_oslo, worked_out
):
    seen(city, of_gamle_oslo)
    once = len(worked_out)
    seen(city, type(of_gamle_oslo)(whole=False, units=frozenset({"030102"})))
    seen(city, of_gamle_oslo, threshold=10)
    assert len(worked_out) == 3 * once
