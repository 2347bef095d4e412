import pytest

TOLD = {"kind": "visits", "before": 10, "after": 4, "per": "year", "minutes": 60}


def rungs(evaluated, hour, **ladder):
    result = evaluated(
        lines=[{**TOLD, "price": hour(100)}],
        running_costs=[{"amount": 150, "origin": "Avtale"}],
        start_up_costs=[],
        ladder=ladder,
    )
    return {rung.step: (rung.hours, rung.nok) for rung in result.ladder}


@pytest.mark.parametrize("step", ["potential", "planned", "measured"])
def test_the_gross_figure_stands_on_its_own_step_alone(evaluated, hour, step):
    found = rungs(evaluated, hour, step=step)
    others = {"potential", "planned", "measured"} - {step}
    assert found[step] == (6, 600)
    assert all(found[other] == (None, None) for other in others)


def test_redeployed_and_budgeted_are_nothing_but_what_is_told(evaluated, hour):
    assert rungs(evaluated, hour)["redeployed"] == (None, None)
    found = rungs(evaluated, hour, redeployed_hours=4, redeployed_nok=400, budgeted_nok=0)
    assert found["redeployed"] == (4, 400)
    assert found["budgeted"] == (None, 0)
    assert found["net_of_costs"] == (None, 450)
    assert list(found) == [
        "potential",
        "planned",
        "measured",
        "net_of_costs",
        "redeployed",
        "budgeted",
    ]
