"""Counts that are all there is of another tell each other: hiding must know of it, or hide them.

Either the parts and the whole are in one family, whose hiding sees that they add up, or so much
of it is shown only to those who follow up the unit that no part follows from the rest.
"""

from dataclasses import replace

import pytest
from visible import rows

from vft.disclosure.indicator import families
from vft.indicators import examples
from vft.indicators.catalogue import all_indicators
from vft.indicators.definition import Kind

#: No whole: it is another indicator's, or everyone in it.
PARTITIONS = rows("""
    indicator        | whole          | parts
    need_groups      | recipients     | low medium high not_assessed
    considered       | considered     | granted declined unsuitable
    considered       | new_recipients | considered not_considered not_documented
    considered       | new_recipients | granted declined unsuitable not_considered not_documented
    flows            | ended          | ended_dead ended_institution ended_moved ended_not_needed \
ended_not_suitable ended_own_wish ended_replaced ended_other ended_not_told
    flows            |                | users resting
    care_time        |                | with_recipients without_recipients
    care_time        |                | with_travel_told without_travel_told
    alerts_per_shift | with_cases     | with_day with_evening with_night
    not_fallen       | starters       | judged gone in_reablement away not_visited
""")
#: What a case in an indicator's table of examples is told to count as when nothing counts it.
NOTHING = "Telles ikke"


def tell(indicator, whole, parts):
    """The parts that follow from what a reader of other units is shown, and no hiding knows of."""
    counts = [m for m in indicator.measures if m.kind is Kind.COUNT]
    shares = [m for m in indicator.measures if m.kind is Kind.SHARE]
    own = {m.code for m in counts if m.own_only}
    wholes = {m.code: m.basis for m in counts if m.basis}
    wholes |= {m.numerator: m.denominator for m in shares}
    together = families([m.code for m in counts], wholes)
    if any({whole, *parts} - {""} <= set(family) for family in together):
        return set()
    apart = set(parts) - own
    # two that are not shown hide each other; so does one where the whole is not told here
    enough = 1 if whole in own | {""} else 2
    return set() if len(own & set(parts)) >= enough else apart


def of(row):
    return all_indicators()[row["indicator"]], row["whole"], row["parts"].split()


def changed(indicator, code, **how):
    """An indicator one of whose measures is otherwise, or gone."""
    return replace(
        indicator,
        measures=tuple(
            replace(m, **how) if m.code == code else m
            for m in indicator.measures
            if how or m.code != code
        ),
    )


@pytest.mark.parametrize("row", PARTITIONS, ids=lambda r: f"{r['indicator']}-{r['whole']}")
def test_a_whole_and_its_parts_are_hidden_together_or_not_all_shown(row):
    indicator, whole, parts = of(row)
    assert {whole, *parts} - {""} <= {m.code for m in indicator.measures}
    assert not tell(indicator, whole, parts)


@pytest.mark.parametrize(
    ("place", "code", "how"),
    [
        (0, "low_share", {}),  # without the share nothing ties the count to the recipients
        (1, "granted_share", {}),
        (2, "not_documented_share", {}),
        (3, "unsuitable_share", {}),
        (4, "ended_dead", {"basis": ""}),
        (6, "without_recipients", {"own_only": False}),
        (7, "without_travel_told", {"own_only": False}),
        (8, "with_night", {"basis": ""}),
    ],
)
def test_a_part_that_nothing_ties_to_the_whole_is_found(place, code, how):
    indicator, whole, parts = of(PARTITIONS[place])
    assert tell(changed(indicator, code, **how), whole, parts)


def test_one_part_alone_does_not_hide_behind_the_others():
    indicator, whole, parts = of(PARTITIONS[9])
    for code in ("gone", "in_reablement"):
        indicator = changed(indicator, code, own_only=False)
    assert not tell(indicator, whole, parts)  # two are left
    assert tell(changed(indicator, "away", own_only=False), whole, parts)


@pytest.mark.parametrize(
    "code", [code for code in all_indicators() if "counted_as" in examples.written(code)]
)
def test_what_the_examples_count_a_case_as_is_a_partition_here(code):
    titles = {m.code: m.title for m in all_indicators()[code].measures}
    cases = rows(examples.written(code))
    said = {case["counted_as"] for case in cases} - {NOTHING}
    listed = [row["parts"].split() for row in PARTITIONS if row["indicator"] == code]
    assert any(said == {titles[part] for part in parts} for parts in listed), said
