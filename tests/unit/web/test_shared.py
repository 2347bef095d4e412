import pytest

from vft.access.scope import NOWHERE, Scope
from vft.web import shared
from vft.web.book import NOW
from vft.web.shown import Shown


def newest_complete(shown):
    """Marka's three users of alarms, as they are shown."""
    book = shown.book
    points = shown.series(
        book.units[NOW]["district", "030117"],
        measure=book.concurrent,
        of=book.slices["service:TA"],
        geography=NOW,
    )
    return points[-2].cell


def test_nobodys_small_counts_are_in_what_is_shared(city, whole):
    own = Shown(city, whole)
    assert newest_complete(own).value == 3
    assert newest_complete(shared.as_anyone(own)).state == "suppressed"


@pytest.mark.parametrize(
    ("query", "is_for_sharing"),
    [({"til": "deling"}, True), ({"til": "meg"}, False), ({}, False)],
)
def test_it_is_asked_for_in_the_address(query, is_for_sharing, city, whole):
    assert shared.is_for_sharing(shared.asked(Shown(city, whole), query)) is is_for_sharing


def test_the_threshold_comes_along(city, whole):
    assert shared.as_anyone(Shown(city, whole, threshold=9)).threshold == 9


def cells(shown):
    found = shown.cells("concurrent_users", geography=NOW)
    return {(*key, p.month): p.cell.state for key, points in found.items() for p in points}


def test_what_is_shared_shows_nothing_that_the_reader_is_not_shown(city):
    """Who sees Gamle Oslo needs other partners hidden elsewhere than who sees no unit."""
    own = Shown(city, Scope(whole=False, units=frozenset({"030101"})))
    hers, shared_, anyone = cells(own), cells(shared.as_anyone(own)), cells(Shown(city, NOWHERE))
    hidden = {key for key, state in shared_.items() if state == "suppressed"}
    for seen in (hers, anyone):
        assert {key for key, state in seen.items() if state == "suppressed"} <= hidden
