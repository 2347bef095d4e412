"""What changed since last month: signals first, then what moved most for its size."""

from dataclasses import replace

from test_signals import NEW, series

from vft.web import changes
from vft.web.book import Slice
from vft.web.changes import Series

TOTAL = Slice(kind="total", code="all", name="All velferdsteknologi", short="velferdsteknologi")
TA = Slice(kind="service", code="TA", name="Trygghetsalarm", short="trygghetsalarm")


def of(slice_, *values):
    return Series(measure=NEW, of=slice_, points=series(*values))


def test_a_signal_comes_first_and_says_why():
    said = changes.told([of(TA, 100, 115), of(TOTAL, 100, 250)], ())
    assert said[0] == (
        "Nye brukere: 250 i desember 2024. Høyere enn tilfeldigheter gir: over den øvre grensen."
    )
    assert said[1:] == [
        "Nye brukere, trygghetsalarm: 115, 15 flere enn i november 2024.",
    ]


def test_what_hardly_moved_is_not_told():
    assert changes.told([of(TA, 100, 104)], ()) == []


def test_what_is_hidden_is_not_told():
    stock = replace(NEW, independent=False)
    for values in (("x", 150), (150, "x")):
        found = Series(measure=stock, of=TA, points=series(*values))
        assert changes.told([found], ()) == []
    seen = Series(measure=stock, of=TA, points=series(100, 150))
    assert len(changes.told([seen], ())) == 1


def test_no_more_are_told_than_are_read():
    many = [of(TA, 100, 120 + n) for n in range(9)]
    assert len(changes.told(many, ())) == 5
