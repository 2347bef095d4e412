"""What the bench is asked to measure."""

import pytest
from bench import options


def test_methods_are_part_of_what_is_measured_when_nothing_is_said():
    assert options.parse([]).methods == ("effects", "simulation")


@pytest.mark.parametrize(
    ("said", "methods"),
    [("simulation", ("simulation",)), ("simulation,effects", ("effects", "simulation"))],
)
def test_some_methods_may_be_chosen(said, methods):
    assert options.parse(["--methods", said]).methods == methods


def test_methods_may_be_left_out():
    assert options.parse(["--methods", "ingen"]).methods == ()


def test_an_unknown_method_is_refused():
    with pytest.raises(SystemExit, match="Ukjent: effekt"):
        options.parse(["--methods", "effekt"])


@pytest.mark.parametrize("more", [[], ["--quick"]])
def test_methods_may_be_measured_alone(more):
    found = options.parse(["--rows", "0", "--ingest", "0", *more])
    assert (found.rows, found.ingested) == ((), 0)
    assert found.methods


def test_sizes_come_smallest_first():
    assert options.parse(["--rows", "100M,10k,1M"]).rows == (10_000, 1_000_000, 100_000_000)
