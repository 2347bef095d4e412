"""Several peers are timed in turn, and their figures become a table and targets."""

import os

import pytest
from bench.compare import AnswersDiffer
from bench.methods import DOES, METHODS, timing
from bench.options import parse
from bench.report import save
from bench.results import Results, Worked
from bench.targets import targets


def steady():
    return timing.timed("vft", lambda: {"value": 2.0})


def unsteady():
    return timing.timed("vft", lambda: {"value": float(os.getpid())})


def slow(seconds, method="effects", peer="vft"):
    return Worked(
        method=method, peer=peer, seconds=seconds, cpu=1.0, peak=1 << 20, answer={"value": 1.0}
    )


def test_each_is_measured_so_many_times_and_keeps_its_answer():
    (found,) = timing.in_turn("effects", {"vft": steady}, repeat=3)
    assert (found.method, found.peer, found.answer) == ("effects", "vft", {"value": 2.0})
    assert len(found.seconds) == 3
    assert found.peak > 1 << 20


def test_a_second_answer_that_is_another_is_refused():
    # the number of the process is another in each
    with pytest.raises(AnswersDiffer, match="effects: vft"):
        timing.in_turn("effects", {"vft": unsteady}, repeat=2)


@pytest.mark.parametrize(
    ("method", "seconds", "reached"),
    [
        ("effects", [9.0, 10.0, 99.0], True),
        ("effects", [9.0, 10.1, 99.0], False),
        ("simulation", [1.5], True),
        ("simulation", [1.6], False),
    ],
)
def test_a_target_is_reached_by_the_median(method, seconds, reached):
    found = targets(Results(answered=[], taken=[], worked=[slow(seconds, method)]))
    told = {"effects": "Metode B", "simulation": "Simulering"}[method]
    assert [t.reached for t in found if t.says.startswith(told)] == [reached]


def test_what_was_not_measured_is_neither_reached_nor_missed():
    found = targets(Results(answered=[], taken=[], worked=[slow([1.0], peer="feols")]))
    assert {t.reached for t in found} == {None}


def test_figures_are_saved(tmp_path):
    said = parse(["--json", str(tmp_path / "bench.json")])
    save(Results(answered=[], taken=[], worked=[slow([3.0, 1.0, 2.0])]), said.json)
    text = said.json.read_text(encoding="utf-8")
    assert '"method": "effects"' in text
    assert '"median": 2.0' in text


def test_every_method_says_what_its_peers_compute():
    assert {method for method, _ in DOES} == set(METHODS)
