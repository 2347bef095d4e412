"""Who is a control: untreated, at home, alike, and near; the unit's own first."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_panels import small

from vft.effects.history import history
from vft.effects.matching import CONTROLS, match
from vft.effects.panel import NEVER

STEADY = [100] * 8
#: So that a standard deviation is about 100 minutes.
FAR = {f"fjern{n}": ([100 + 300 * (n % 2)] * 8, None) for n in range(8)}


def _controls(lines, **columns):
    named = {**lines, **FAR}
    for values in columns.values():
        values.update(dict.fromkeys(FAR, "") | {who: values.get(who, "") for who in lines})
    panel = small(named, **columns)
    found = match(panel, history(panel), adopters=panel.adopted < NEVER)
    names = panel.recipients
    return {
        names[a]: sorted(names[found.control[found.adopter == a]].tolist())
        for a in np.unique(found.adopter)
    }


def _only_near(found):
    return [who for who in found if not who.startswith("fjern")]


@pytest.mark.parametrize(
    ("who", "is_control"),
    [
        (([100] * 8, None), True),
        (([100] * 8, 7), True),  # adopts later: untreated until then
        (([100] * 8, 6), False),  # adopts at the same time
        (([100] * 8, 3), False),  # has it already
        (([400] * 8, None), False),  # too far away
        (([100] * 4, None), False),  # not at home any more
        (([100] * 5 + [None] * 3, None), False),  # level not known
    ],
)
def test_a_control_is_untreated_at_home_and_near(who, is_control):
    found = _controls({"adopter": ([100] * 8, 6), "annen": who})

    assert ("annen" in found.get("adopter", [])) is is_control


def test_another_segment_is_never_a_control():
    lines = {"adopter": (STEADY, 6), "lik": (STEADY, None), "ulik": (STEADY, None)}
    segment = {"adopter": "a", "lik": "a", "ulik": "b"}

    found = _controls(lines, segment=segment)

    assert found["adopter"] == ["lik"]


def test_five_of_the_own_unit_come_before_nearer_ones_elsewhere():
    own = {f"egen{n}": ([102] * 8, None) for n in range(6)}
    other = {f"annen{n}": (STEADY, None) for n in range(6)}
    unit = {"adopter": "Nord"} | dict.fromkeys(own, "Nord") | dict.fromkeys(other, "Sør")

    found = _controls({"adopter": (STEADY, 6), **own, **other}, unit=unit)

    assert len(found["adopter"]) == CONTROLS
    assert all(who.startswith("egen") for who in found["adopter"])


def test_where_the_unit_has_too_few_the_sector_comes_before_all():
    own = {f"egen{n}": (STEADY, None) for n in range(2)}
    near = {f"sektor{n}": ([103] * 8, None) for n in range(5)}
    rest = {f"byen{n}": (STEADY, None) for n in range(5)}
    unit = {"adopter": "N"} | dict.fromkeys(own, "N") | dict.fromkeys(near, "V")
    unit |= dict.fromkeys(rest, "S")
    sector = dict.fromkeys(["adopter", *own, *near], "vest") | dict.fromkeys(rest, "øst")

    found = _controls({"adopter": (STEADY, 6), **own, **near, **rest}, unit=unit, sector=sector)

    assert len(found["adopter"]) == CONTROLS
    assert not [who for who in found["adopter"] if who.startswith("byen")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.floats(0, 500), min_size=8, max_size=8),
            st.one_of(st.none(), st.integers(1, 7)),
        ),
        min_size=2,
        max_size=25,
    )
)
def test_no_pair_ever_breaks_the_rules(courses):
    panel = small({f"m{n:02d}": course for n, course in enumerate(courses)})

    found = match(panel, history(panel), adopters=panel.adopted < NEVER)

    assert np.array_equal(panel.adopted[found.adopter], found.start)
    assert (panel.adopted[found.control] > found.start).all()
    assert np.isfinite(panel.outcome[found.control, found.start - 1]).all()
    assert np.bincount(found.adopter, minlength=1).max() <= CONTROLS
    pairs = set(zip(found.adopter.tolist(), found.control.tolist(), strict=True))
    assert len(pairs) == len(found)


def test_the_five_nearest_are_those_of_the_formula():
    """Weighted standard deviations, worked out one pair at a time."""
    rng = np.random.default_rng(8)
    lines, age, group = {}, {}, {}
    for n in range(120):
        who = f"m{n:03d}"
        lines[who] = ((200 + 60 * rng.standard_normal(12)).tolist(), 8 if n < 12 else None)
        age[who], group[who] = 80 + 8 * rng.standard_normal(), int(rng.integers(1, 4))
    panel = small(lines, age=age, need_group=group)
    known = history(panel)
    weighed = [(known.level, 1.4), (known.jump, 1.2), (known.slope, 0.7), (panel.age, 0.7)]
    scaled = [values * weight / values[known.usable].std() for values, weight in weighed]
    groups = panel.categories["need_group"][:, 8]

    found = match(panel, known, adopters=panel.adopted < NEVER)

    def distance(one, other):
        near = sum((values[one, 8] - values[other, 8]) ** 2 for values in scaled)
        return near + 0.16 * (groups[one] != groups[other])

    expected = set()
    for one in range(12):
        others = sorted((distance(one, other), other) for other in range(12, 120))
        expected |= {(one, other) for d, other in others[:5] if d <= 1}
    assert set(zip(found.adopter.tolist(), found.control.tolist(), strict=True)) == expected
    assert len(expected) > 20


@pytest.mark.parametrize(
    ("hers", "is_control"),
    [((0, 0), True), ((1, 0), False), ((0, 1), False), ((1, 1), False)],
)
def test_reablement_is_equal_in_the_period_and_the_one_before(hers, is_control):
    """The adopter is in no episode; the other may be, the period before or in the same."""
    lines = {"adopter": (STEADY, 6), "annen": (STEADY, None), **FAR}
    panel = small(lines, reablement=dict.fromkeys(lines, 0))
    other = panel.recipients.tolist().index("annen")
    panel.reablement[other, 5:7] = hers

    found = match(panel, history(panel), adopters=panel.adopted < NEVER)

    assert (other in found.control) is is_control


@pytest.mark.parametrize(("came", "is_control"), [(3, True), (2, False), (4, False), (0, False)])
def test_a_control_has_been_known_as_long_up_to_five_periods(came, is_control):
    """The adopter came in 3 and begins in 6."""
    lines = {"adopter": (STEADY, 6), "annen": (STEADY, None), **FAR}
    panel = small(lines)
    names = panel.recipients.tolist()
    panel.present[names.index("adopter"), :3] = False
    panel.present[names.index("annen"), :came] = False

    found = match(panel, history(panel), adopters=panel.adopted < NEVER)

    assert (names.index("annen") in found.control) is is_control
