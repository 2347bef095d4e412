"""What each reader is shown of the sample's small city. See ``publication_sample``."""

from weakref import ref

import pytest
from publication_sample import CITY, INDICATOR, write

from vft.access.scope import Scope
from vft.disclosure.cell import State
from vft.publication.read import Publication
from vft.web.book import NOW, Book, Slice
from vft.web.shown import Shown

TA = Slice(kind="service", code="TA", name="", short="")
DT = Slice(kind="service", code="DT", name="", short="")
HIDDEN = State.SUPPRESSED


def counted(shown, code):
    return shown.book.measures[INDICATOR][code]


def november(shown, of, *, measure="concurrent"):
    """The districts at the newest complete month: figures, or the state they are in."""
    districts = shown.book.children("district", NOW)
    beside = shown.beside(districts, measure=counted(shown, measure), of=of, geography=NOW)
    cells = {u.name: beside[u.code][-2].cell for u in districts}
    return {n: c.state if c.value is None else c.value for n, c in cells.items()}


def total(shown, of):
    measure = counted(shown, "concurrent")
    points = shown.series(shown.book.municipality, measure=measure, of=of, geography=NOW)
    return points[-2].cell


def test_the_city_leader_sees_everything(city, whole):
    seen = november(Shown(city, whole), TA)
    assert seen == {"Gamle Oslo": 6000, "Grünerløkka": 5479, "Marka": 3}


def test_someone_of_a_district_sees_no_small_count_of_others_nor_what_gives_it_away(
    city, of_gamle_oslo
):
    seen = november(Shown(city, of_gamle_oslo), TA)
    assert seen == {"Gamle Oslo": 6000, "Grünerløkka": HIDDEN, "Marka": HIDDEN}


def test_someone_of_the_small_district_sees_her_own(city):
    shown = Shown(city, Scope(whole=False, units=frozenset({"030117"})))
    assert november(shown, TA) == {"Gamle Oslo": 6000, "Grünerløkka": 5479, "Marka": 3}


def test_a_zero_is_shown_and_the_total_hidden_where_it_gives_the_only_small_one_away(
    city, of_gamle_oslo, whole
):
    shown = Shown(city, of_gamle_oslo)
    assert november(shown, DT) == {"Gamle Oslo": 24, "Grünerløkka": HIDDEN, "Marka": 0}
    assert total(shown, DT).state is HIDDEN
    assert total(Shown(city, whole), DT).value == 27


def test_one_unit_alone_is_protected_as_among_its_siblings(city, of_gamle_oslo):
    shown = Shown(city, of_gamle_oslo)
    other = city.named("district", "030102", NOW)
    points = shown.series(other, measure=counted(shown, "concurrent"), of=TA, geography=NOW)
    assert points[-2].cell.state is HIDDEN


def test_sectors_are_protected_too(city, of_gamle_oslo):
    shown = Shown(city, of_gamle_oslo)
    sectors = city.children("hospital_sector", NOW)
    beside = shown.beside(sectors, measure=counted(shown, "concurrent"), of=TA, geography=NOW)
    assert [beside[u.code][-2].cell.state for u in sectors] == [HIDDEN, HIDDEN]


def test_missing_is_not_zero(city, whole):
    shown = Shown(city, whole)
    points = shown.series(
        city.municipality, measure=counted(shown, "unique_in_month"), of=DT, geography=NOW
    )
    assert {p.cell.state for p in points} == {State.MISSING}


def test_a_month_that_was_never_published_is_missing(city, whole):
    never = Slice(kind="service", code="NEVER", name="", short="")
    assert set(november(Shown(city, whole), never).values()) == {State.MISSING}


@pytest.mark.parametrize(
    ("units", "home"), [({"030101"}, "Gamle Oslo"), ({"9999"}, "Oslo"), (set(), "Oslo")]
)
def test_a_reader_is_met_with_her_own_unit(city, units, home):
    shown = Shown(city, Scope(whole=False, units=frozenset(units)))
    assert shown.home(NOW).name == home


def test_nobody_without_units_owns_anything(city):
    shown = Shown(city, Scope(whole=False, units=frozenset()))
    assert not any(shown.is_own(u) for u in city.units[NOW].values())
    assert november(shown, TA)["Marka"] is HIDDEN


def test_what_was_worked_out_of_a_publication_is_let_go_with_it(tmp_path, of_gamle_oslo):
    book = Book(Publication.open(write(tmp_path, CITY)))
    november(Shown(book, of_gamle_oslo), TA)
    gone = ref(book)
    del book
    assert gone() is None


def test_an_answer_is_worked_out_once_and_no_more_are_held_than_there_is_room_for(tmp_path):
    book = Book(Publication.open(write(tmp_path, CITY)))
    asked = []
    for key in [1, 1, *range(2, 242), 241, 1]:
        assert book.once(key, lambda key=key: asked.append(key) or str(key)) == str(key)
    assert asked == [*range(1, 242), 1]


def test_the_lineage_of_a_unit(city):
    assert city.lineage(city.named("district", "030101", NOW)) == ("030101", "0301")
    assert city.lineage(city.municipality) == ("0301",)


def test_the_sample_is_a_publication_of_the_indicator(city):
    assert city.publication.definition(INDICATOR)
    assert [c.after for c in city.corrections] == [11481, 11481, 2, 2]
