"""Planted truth: every method in its world, hundreds of times, and a few in ``make test``."""

import os
from functools import partial
from itertools import chain

import limits
import pytest
import statistics_page
from another_model import ANOTHER
from replications import FIRST_SEED, Figure, One, Summary, mean, share

from vft.sources.invented.worlds import OTHER

REPLICATIONS = int(os.environ.get("VFT_REPLICATIONS", "500"))
#: Six could not tell chance from fault.
SHORT = 24
#: Of the short version: what takes a second or two a draw.
QUICK = (
    "B",
    "B uten effekt",
    "B med 35 brukere",
    "før/etter",
    "noen gang/aldri",
    "A",
    "A ujustert",
    "B, annen modell",
    "B, annen modell uten effekt",
)
#: lifelines 0.30 and pyfixest 0.60 call pandas 3 in ways that pandas 4 will end; all are pinned.
_ALL_METHODS = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_limits_are_within_reach_of_a_few_draws():
    assert _broken(limits.measure(QUICK, replications=SHORT)) == {}


@_ALL_METHODS
def test_every_method_can_be_tried_in_its_world():
    found = list(limits.measure(limits.MEASURED, replications=1))

    tried = {name: len(one.ones) for world in found for name, one in world.items()}
    assert tried == dict.fromkeys(limits.MEASURED, 1)


@_ALL_METHODS
@pytest.mark.stats
@pytest.mark.timeout(0)
def test_limits_are_met_in_the_main_worlds_and_in_those_nothing_was_tuned_on():
    main = limits.measure(limits.MEASURED, replications=REPLICATIONS)
    untuned = limits.measure(limits.UNTUNED, replications=max(REPLICATIONS // 5, 20))

    assert _broken(statistics_page.written(chain(main, untuned))) == {}


def _broken(found):
    each = [(name, limits.broken(name, one)) for world in found for name, one in world.items()]
    return {name: broken for name, broken in each if broken}


def test_the_page_keeps_the_rows_of_what_was_not_drawn_again(tmp_path):
    page = tmp_path / "statistics.md"
    ones = [One(truth=-98, estimate=-97, low=-100, high=-94, placebo=0.1, verdict="causal")] * 2
    write = partial(statistics_page.write, page=page)

    write({"A": Summary(ones=ones), "B": Summary(ones=ones), "borte": Summary(ones=ones)})
    first = page.read_text(encoding="utf-8").splitlines()
    write({"A": Summary(ones=ones * 2)})
    second = page.read_text(encoding="utf-8").splitlines()

    assert [line.split(" | ")[:2] for line in first[-2:]] == [["| B", "2"], ["| A", "2"]]
    assert [line.split(" | ")[:2] for line in second[-2:]] == [["| B", "2"], ["| A", "4"]]
    assert second[-2] == first[-2]


def test_every_world_nothing_was_tuned_on_is_measured():
    assert {world for world, _method in limits.UNTUNED.values()} == {*OTHER, *ANOTHER}


def test_a_share_has_wilsons_interval_and_a_mean_its_own():
    one = share([True] * 95 + [False] * 5)
    other = mean([1.0, 2.0, 3.0, 4.0])

    assert (round(one.low, 3), round(one.high, 3)) == (0.888, 0.978)
    assert (round(other.low, 2), round(other.high, 2)) == (1.23, 3.77)


@pytest.mark.parametrize(
    ("low", "high", "reached"), [(0.90, 0.92, False), (0.90, 0.93, True), (0.98, 0.99, False)]
)
def test_a_limit_is_met_when_the_interval_touches_it(low, high, reached):
    assert Figure(value=low, low=low, high=high, n=9).reaches(0.93, 0.97) is reached


@pytest.mark.parametrize(
    ("name", "limits_broken"), [("B", 2), ("B, totale ressurser", 2), ("Nye mottakere", 3)]
)
def test_a_method_that_is_wrong_breaks_its_limits(name, limits_broken):
    ones = [
        One(truth=-98, estimate=-120 + n, low=-125 + n, high=-115 + n, error=2.5, placebo=0.1)
        for n in range(5)
    ]

    assert len(limits.broken(name, Summary(ones=ones))) == limits_broken


def test_seeds_are_fixed_beforehand():
    assert FIRST_SEED == 20_000
