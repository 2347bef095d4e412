import pytest

TOLD = {"kind": "visits", "before": 10, "after": 4, "per": "year", "minutes": 60}

# what is told of the ladder, of 6 hours and 600 kroner → whether a step has more than the one below
LADDER = [
    ({"redeployed_hours": 6}, False),
    ({"redeployed_hours": 7}, True),
    ({"redeployed_nok": 600, "budgeted_nok": 600}, False),
    ({"redeployed_nok": 601}, True),
    ({"redeployed_nok": 100, "budgeted_nok": 101}, True),
    ({"budgeted_nok": 1000}, False),
]


@pytest.mark.parametrize(("ladder", "contradicts"), LADDER)
def test_a_step_of_the_ladder_has_no_more_than_the_one_below(
    evaluated, hour, codes, ladder, contradicts
):
    result = evaluated(lines=[{**TOLD, "price": hour(100)}], ladder=ladder)
    assert ("ladder_contradiction" in codes(result)) == contradicts


@pytest.mark.parametrize(("hours", "unusual"), [(1668.5, False), (1695, False), (1950, True)])
def test_an_unusual_full_time_is_told(evaluated, codes, hours, unusual):
    assert ("unusual_full_time" in codes(evaluated(hours_per_fte=hours))) == unusual


def test_double_counting_is_told_first_with_both_figures(evaluated, hour, price):
    lines = [
        {"kind": "institution_places", "before": 1, "after": 0, "price": price(1000, "year")},
        {**TOLD, "price": hour(100, price_year=2020)},
    ]
    first = evaluated(lines=lines).warnings[0]
    assert first.code == "double_counting"
    assert first.lines == ("line-1", "line-2")
    assert first.figures["stated_nok_per_year"] == 1600
    assert first.figures["exclusive_nok_per_year"] == 600


def test_full_time_is_told_with_norwegian_numbers(evaluated):
    (told,) = evaluated(hours_per_fte=1700.5, additive=True).warnings
    # no-break spaces between thousands
    assert told.message.replace("\N{NO-BREAK SPACE}", " ") == (
        "Et årsverk er regnet som 1 700,5 timer. Vanlig er 1 668,5, 1 695 eller 1 750."
    )


# what is told → whether it is said that there is nothing to compute
EMPTY = [({}, True), ({"running_costs": []}, True), ({"additive": True}, False)]


@pytest.mark.parametrize(("told", "said"), [*EMPTY, ({"lines": [TOLD]}, False)])
def test_a_case_without_lines_is_told_so(evaluated, codes, told, said):
    assert ("no_lines" in codes(evaluated(**told))) == said
