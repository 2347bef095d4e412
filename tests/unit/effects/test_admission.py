"""Deferred admission: time at home and the hazard ratio, against a library and planted hazards."""

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from small_panels import small, tables

from vft.effects import files
from vft.effects.admission import (
    Followed,
    _months_home,
    admission,
    episodes,
    followed,
    hazard_ratio,
    time_at_home,
)
from vft.effects.controlled import controlled, design
from vft.effects.panel import AT_HOME, DEAD, INSTITUTION
from vft.errors import VftError


def _rows(ratio, *, n=3000, seed=3):
    rng = np.random.default_rng(seed)
    treated = np.arange(n) < n // 3
    admitted = rng.exponential(1 / (0.03 * np.where(treated, ratio, 1.0)))
    dead = rng.exponential(1 / 0.02, n)
    time = np.minimum(np.ceil(np.minimum(admitted, dead)), 30).astype(int)
    event = np.where(admitted < dead, INSTITUTION, DEAD)
    return Followed(
        person=np.arange(n),
        treated=treated,
        time=time,
        event=np.where(np.minimum(admitted, dead) > 30, 0, event),
        weight=np.ones(n),
        covariates=rng.standard_normal((n, 3)),
        remaining=np.zeros((n, 30)),
    )


@pytest.mark.parametrize("ratio", [0.6, 1.0])
def test_a_planted_ratio_is_in_its_interval(ratio):
    rows = _rows(ratio)

    value, low, high = hazard_ratio(rows, episodes(rows))

    assert low < ratio < high
    assert value == pytest.approx(ratio, abs=0.15)
    assert high / low < 1.6


def test_the_ratio_agrees_with_the_librarys_cox():
    """A Cox of continuous time, clustered and weighted, where periods are many."""
    once = replace(_rows(0.6), weight=1.0 + np.arange(3000) % 3)
    # each stands there twice, which clustering must not take for two
    rows = Followed(**{name: np.repeat(values, 2, axis=0) for name, values in vars(once).items()})

    value, low, high = hazard_ratio(rows, episodes(rows))

    frame = pd.DataFrame(rows.covariates, columns=["level", "jump", "age"]).assign(
        treated=rows.treated,
        time=rows.time,
        admitted=rows.event == INSTITUTION,
        weight=rows.weight,
        person=rows.person,
    )
    with warnings.catch_warnings():
        # lifelines 0.30 calls pandas 3 in ways that pandas 4 will end; both are pinned
        warnings.simplefilter("ignore", DeprecationWarning)
        cox = CoxPHFitter().fit(
            frame.astype(float), "time", "admitted", weights_col="weight", cluster_col="person"
        )
    assert np.log(value) == pytest.approx(cox.params_["treated"], abs=0.01)
    assert np.log(high / low) / 3.92 == pytest.approx(cox.standard_errors_["treated"], rel=0.03)


def test_controls_stand_for_those_like_them_who_adopted():
    """By hand: before period 2 half of such controls adopt, so each who is left counts twice."""
    rows = Followed(
        person=np.arange(3),
        treated=np.array([True, False, False]),
        time=np.array([3, 3, 1]),
        event=np.array([AT_HOME, INSTITUTION, AT_HOME]),
        weight=np.array([1.0, 0.5, 0.5]),
        covariates=np.zeros((3, 3)),
        remaining=np.log([[1, 1, 1], [1, 0.5, 0.5], [1, 0.5, 0.5]]),
    )

    parts = episodes(rows)

    told = list(zip(parts.row, parts.time, parts.weight.round(3), parts.event, strict=True))
    assert told == [
        (0, 1, 1.0, 0),
        (0, 2, 1.0, 0),
        (0, 3, 1.0, 0),
        (1, 1, 0.5, 0),
        (1, 2, 1.0, 0),
        (1, 3, 1.0, 2),
        (2, 1, 0.5, 0),
    ]


def test_a_control_counts_to_the_end_of_the_period_she_adopts_in():
    """She adopts in 14, four after g: being there in 14 is known, and her weight is of 13."""
    lines = {f"a{n}": ([100] * 20, 10) for n in range(30)}
    lines |= {f"b{n}": ([100] * 20, 14) for n in range(10)}
    lines |= {f"k{n}": ([100] * 20, None) for n in range(30)}
    made = design(small(lines, exit=dict.fromkeys(lines, None)))

    rows = followed(made)

    name = made.panel.recipients[rows.person]
    late = np.char.startswith(name.astype(str), "b") & ~rows.treated
    assert late.any()
    assert set(rows.time[late]) == {4}
    assert set(rows.time[~late]) == {9, 5}  # of those who start at 10 and at 14
    expected = made.remaining[rows.person[late], 13] - made.remaining[rows.person[late], 10]
    assert rows.remaining[late, 3] == pytest.approx(expected)
    assert (rows.remaining[rows.treated] == 0).all()


def test_time_at_home_agrees_with_the_library():
    rows = _rows(1.0, n=500)
    fitted = KaplanMeierFitter().fit(rows.time, rows.event > 0)

    steps = restricted_mean_survival_time(fitted, t=13)

    # the library lets everybody stay to the end of the period they leave in
    curve = fitted.survival_function_at_times([0, 13]).to_numpy()
    assert time_at_home(rows.time, rows.event, rows.weight, 13) == pytest.approx(
        steps - (curve[0] - curve[1]) / 2, abs=1e-6
    )


def test_a_weight_of_two_is_the_same_as_standing_there_twice():
    rows = _rows(1.0, n=60)
    weight = np.where(np.arange(60) % 2, 2.0, 1.0)
    twice = np.repeat(np.arange(60), weight.astype(int))

    one = time_at_home(rows.time, rows.event, weight, 13)
    other = time_at_home(rows.time[twice], rows.event[twice], np.ones(len(twice)), 13)

    assert one == pytest.approx(other)


def _panel(*, adopters, higher=0.0, moved=0, length=26, wider=0.0):
    """Adopters at 18, ``higher`` long before; the first ``moved`` of each arm move in at 24.

    ``wider``: minutes that adopters fall by for each period after they start.
    """
    alike = 100 + np.random.default_rng(1).standard_normal((adopters, 26))
    lines = {}
    for n in range(4 * adopters):
        course = alike[n % adopters].copy()
        course[:13] += higher if n < adopters else 0
        course[18:] -= wider * np.arange(8) if n < adopters else 0
        own = 18 - 26 + length
        lines[f"m{n:03d}"] = (course[-length:].round(2).tolist(), own if n < adopters else None)
    rows, started = tables(lines, exit=dict.fromkeys(lines, None))
    data = rows.to_pylist()
    for row in data:
        number = int(row["recipient_id"][1:])
        left = 24 - 26 + length
        if number < moved or adopters <= number < adopters + moved:
            row["present"] = row["period"] < left
            row["exit"] = "institution" if row["period"] == left else None
    return files.from_tables(type(rows).from_pylist(data), started)


def test_too_few_events_give_no_hazard_ratio_and_say_so():
    found = admission(_panel(adopters=60, moved=29))

    assert (found.hazard_ratio, found.events[0]) == (None, 29)
    assert found.verdict == "indicative"
    assert "under 30" in found.reasons[-1]


def test_thirty_in_each_arm_give_one():
    found = admission(_panel(adopters=60, moved=30))

    # 30 of the others moved in, though each stands there for several adopters
    assert found.events == (30, 30)
    assert found.hazard_ratio[1] < found.hazard_ratio[0] < found.hazard_ratio[2]
    assert (found.verdict, found.reasons) == ("causal", [])


def test_minutes_that_still_fall_say_nothing_of_when_they_move():
    """They stop a sentence on minutes, and not one on admission."""
    panel = _panel(adopters=60, moved=30, wider=8.0)

    assert "vokser fortsatt" in " ".join(controlled(panel).reasons)
    assert (admission(panel).verdict, admission(panel).reasons) == ("causal", [])


def test_a_difference_long_before_and_none_to_look_for_are_told():
    """The same gates as of minutes: what was unlike before, may be so here."""
    unlike = admission(_panel(adopters=60, moved=30, higher=15.0))
    short = admission(_panel(adopters=60, moved=30, length=12))

    assert (unlike.verdict, short.verdict) == ("indicative", "indicative")
    assert "allerede før" in " ".join(unlike.reasons)
    assert "for kort" in " ".join(short.reasons)


@pytest.mark.parametrize(("adopters", "verdict"), [(4, "refused"), (10, "counts_only")])
def test_few_adopters_say_little(adopters, verdict):
    found = admission(_panel(adopters=adopters))

    assert (found.verdict, found.months_home) == (verdict, {})


def test_a_panel_that_does_not_say_how_one_left_is_refused():
    with pytest.raises(VftError, match="«exit»"):
        admission(small({"kari": ([100] * 8, 5)}))


def test_nobody_to_compare_with():
    lines = {f"a{n}": ([100 + n] * 24, 10) for n in range(30)}

    found = admission(small(lines, exit=dict.fromkeys(lines, None)))

    assert (found.n_matched, found.verdict, found.events) == (0, "counts_only", (0, 0))
    assert (found.hazard_ratio, found.months_home) == (None, {})


def test_who_is_followed_how_long_and_to_what_by_hand():
    """a starts in 10 and moves in the period after; k1 starts in 13 and moves in 15; k2 stays."""
    lines = {"a": ([100] * 20, 10), "k1": ([100] * 20, 13), "k2": ([100] * 20, None)}
    rows, started = tables(lines, exit=dict.fromkeys(lines, None))
    left, data = {"a": 11, "k1": 15}, rows.to_pylist()
    for row in data:
        period = left.get(row["recipient_id"], 99)
        row["present"] = row["period"] < period
        row["exit"] = "institution" if row["period"] == period else None
    panel = files.from_tables(type(rows).from_pylist(data), started)

    found = followed(design(panel))

    told = zip(
        panel.recipients[found.person].tolist(),
        found.treated.tolist(),
        found.time.tolist(),
        found.event.tolist(),
        found.weight.tolist(),
        strict=True,
    )
    assert sorted(told) == [
        ("a", True, 1, INSTITUTION, 1.0),
        ("k1", False, 3, AT_HOME, 0.5),  # she had started herself when she moved
        ("k1", True, 2, INSTITUTION, 1.0),
        ("k2", False, 6, AT_HOME, 1.0),
        ("k2", False, 9, AT_HOME, 0.5),
    ]


def _with_exits(lines, exits):
    """``exits``: by (recipient, period), the way she left; she is not at home in that period."""
    rows, started = tables(lines, exit=dict.fromkeys(lines, None))
    data = rows.to_pylist()
    for row in data:
        row["exit"] = exits.get((row["recipient_id"], row["period"]))
        row["present"] = row["exit"] is None
    return files.from_tables(type(rows).from_pylist(data), started)


def _told(panel, found):
    who = panel.recipients[found.person].tolist()
    rows = zip(who, found.treated.tolist(), found.time.tolist(), found.event.tolist(), strict=True)
    return sorted(rows)


def test_a_short_stay_before_does_not_end_what_comes_after():
    """a and k1 were in a nursing home in 3 and came home; k1 moves in for good in 15, k2 dies."""
    lines = {"a": ([100] * 20, 10), "k1": ([100] * 20, None), "k2": ([100] * 20, None)}
    stays = {("a", 3): "institution", ("k1", 3): "institution", ("k1", 15): "institution"}
    panel = _with_exits(lines, {**stays, ("k2", 12): "dead"})

    found = followed(design(panel))

    assert _told(panel, found) == [
        ("a", True, 9, AT_HOME),
        ("k1", False, 5, INSTITUTION),
        ("k2", False, 2, DEAD),
    ]


def test_who_is_seen_no_more_is_followed_to_when_she_was():
    """k was last there in 13, and nobody says how she left; a until the panel ends."""
    lines = {"a": ([100] * 20, 10), "k": ([100] * 14, None)}

    found = followed(design(_with_exits(lines, {})))

    assert _told(_with_exits(lines, {}), found) == [
        ("a", True, 9, AT_HOME),
        ("k", False, 3, AT_HOME),
    ]


@pytest.mark.parametrize(
    ("adopters", "seen", "told"),
    [
        (3, 20, "skjedde med færre enn fem av brukerne og færre enn fem av de andre etter"),
        (7, 20, "skjedde med 7 av brukerne og 7 av de andre etter"),
        (7, 25, "skjedde med 7 av brukerne etter"),  # their controls are there for longer
    ],
)
def test_who_cannot_be_followed_is_counted(adopters, seen, told):
    """x start in the last period, and y are their controls: nothing is known of after."""
    lines = {f"a{n:02d}": ([100 + n] * 20, 10) for n in range(30)}
    lines |= {f"k{n:02d}": ([100 + n] * 20, None) for n in range(30)}
    lines |= {f"x{n:02d}": ([7000 + 2000 * n] * 20, 19) for n in range(adopters)}
    lines |= {f"y{n:02d}": ([7000 + 2000 * n] * seen, None) for n in range(adopters)}

    found = admission(_with_exits(lines, {}))

    assert len(found.notes) == 1
    assert told in found.notes[0]


def test_all_who_can_be_followed_need_no_note():
    lines = {f"a{n:02d}": ([100 + n] * 20, 10) for n in range(6)}
    lines |= {f"k{n:02d}": ([100 + n] * 20, None) for n in range(6)}

    assert admission(_with_exits(lines, {})).notes == []


def test_one_rare_course_does_not_stand_for_a_thousand():
    """Of 201 periods of controls one has a probability of a thousandth; it is cut to the others."""
    n = 202
    rows = Followed(
        person=np.arange(n),
        treated=np.arange(n) == 0,
        time=np.ones(n, int),
        event=np.zeros(n, int),
        weight=np.ones(n),
        covariates=np.zeros((n, 3)),
        remaining=np.log(np.where(np.arange(n) == 7, 0.001, 0.5))[:, None],
    )

    weight = episodes(rows).weight

    assert weight[7] == pytest.approx(2.0)
    assert weight[8] == pytest.approx(2.0)


def test_months_at_home_are_the_difference_of_both_arms():
    rows = _rows(0.5, n=900)

    found = _months_home(rows, episodes(rows))

    for months, periods in ((12, 13), (24, 26)):
        one, other = (
            time_at_home(rows.time[arm], rows.event[arm], rows.weight[arm], periods)
            for arm in (rows.treated, ~rows.treated)
        )
        assert found[months].value == pytest.approx((one - other) * 12 / 13)
        assert 0.1 < found[months].error < 1
