"""What each reader is shown of the sample's small city. See ``publication_sample``."""

from dataclasses import replace
from weakref import ref

import publication_sample
import pytest
from publication_sample import CITY, FIRST_CHOICE, INDICATOR, write

from vft.access.scope import Scope
from vft.disclosure.cell import State
from vft.publication.read import Publication
from vft.web.book import NOW, Book, Slice
from vft.web.shown import Shown

TA = Slice(kind="service", code="TA", name="", short="")
DT = Slice(kind="service", code="DT", name="", short="")
HIDDEN = State.SUPPRESSED


def counted(shown, code, indicator=INDICATOR):
    return shown.book.measures[indicator][code]


def november(shown, of, *, measure="concurrent", indicator=INDICATOR):
    """The districts at the newest complete month: figures, or the state they are in."""
    districts = shown.book.children("district", NOW)
    asked = counted(shown, measure, indicator)
    beside = shown.beside(districts, measure=asked, of=of, geography=NOW)
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


@pytest.fixture
def estimated(tmp_path, monkeypatch):
    """Give the city with the percentages of 800 in Gamle Oslo and of 200 in Grünerløkka."""
    as_percent = ("days", "Innen 28 dager", "quantity", "prosent", "", "", "whole", 1, "higher")
    others = [m for m in publication_sample.OF_FIRST_CHOICE if m[0] != "days"]
    monkeypatch.setattr(publication_sample, "OF_FIRST_CHOICE", [*others, as_percent])

    def published(gamle_oslo, grunerlokka):
        told = {
            ("TA", "0301"): (330, 1000, 12),
            ("TA", "030101"): (290, 800, gamle_oslo),
            ("TA", "030102"): (40, 200, grunerlokka),
        }
        return Book(Publication.open(write(tmp_path, replace(CITY, first_choice=told))))

    return published


@pytest.mark.parametrize(
    ("percent", "seen"),
    [
        (20, 20),  # 40 of 200
        (2.5, 2.5),  # 5
        (2, HIDDEN),  # 4
        (0.5, HIDDEN),  # 1
        (99, HIDDEN),  # all but 2
        (97.5, 97.5),  # all but 5
        (100, 100),
    ],
)
def test_an_estimated_percentage_that_tells_of_few_others_is_hidden(
    estimated, whole, of_gamle_oslo, percent, seen
):
    book = estimated(20, percent)
    told = {
        "whole": november(Shown(book, whole), TA, measure="days", indicator=FIRST_CHOICE),
        "hers": november(Shown(book, of_gamle_oslo), TA, measure="days", indicator=FIRST_CHOICE),
    }
    assert told["whole"]["Grünerløkka"] == percent
    assert told["hers"] == {"Gamle Oslo": 20, "Grünerløkka": seen, "Marka": State.UNDEFINED}


def test_an_estimated_percentage_of_few_of_her_own_is_shown(estimated, of_gamle_oslo):
    shown = Shown(estimated(0.25, 20), of_gamle_oslo)  # 2 of 800
    assert november(shown, TA, measure="days", indicator=FIRST_CHOICE)["Gamle Oslo"] == 0.25


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
