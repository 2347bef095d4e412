"""The bench of simulation compares what answers the same."""

from dataclasses import replace

from bench.methods import simulation

DRAWS = 20_000


def test_plain_numpy_and_the_simulation_agree_but_for_chance():
    first, second = simulation.by_vft(DRAWS), simulation.by_numpy(DRAWS)
    apart = simulation.differences(first.answer, second.answer, draws=DRAWS)
    assert set(apart) == {"mean", "p10", "p50", "p90"}
    assert max(apart.values()) < simulation.FAR
    assert abs(first.answer["positive"] - second.answer["positive"]) < 0.002


def test_another_answer_is_seen():
    found = simulation.by_numpy(DRAWS)
    wrong = replace(found, answer=found.answer | {"p90": found.answer["p90"] * 1.05})
    assert (
        max(simulation.differences(found.answer, wrong.answer, draws=DRAWS).values())
        > simulation.FAR
    )
