"""Two services: the doubly robust contrast finds what the crude one misses."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from small_panels import tables

from vft.effects import compare as compare_module
from vft.effects import files
from vft.effects.compare import compare
from vft.errors import VftError

CONTRAST = -25.0
STARTS = [("X", 10), ("X", 11), ("X", 12), ("X", 13), ("Y", 12), ("Y", 13), ("Y", 14), ("Y", 15)]


def _panel(*, n=400, needier=1.5, seed=2):
    """The needier get service X more often; X works 25 minutes better than Y."""
    rng = np.random.default_rng(seed)
    level = 200 + 40 * rng.standard_normal(n)
    is_x = rng.random(n) < 1 / (1 + np.exp(-needier * (level - 200) / 40))
    lines = {}
    for k in range(n):
        course = level[k] + 8 * rng.standard_normal(26)
        course[12:] += -50 + CONTRAST * is_x[k]
        lines[f"m{k:03d}"] = (course.tolist(), 12)
    panel, adoptions = tables(lines)
    service = pa.array(np.where(is_x, "X", "Y"))
    return files.from_tables(panel, adoptions.append_column("service", service))


def test_the_planted_contrast_is_found_where_the_crude_one_fails():
    found = compare(_panel(), services=("X", "Y"))

    low, high = found.effect.interval
    assert low < CONTRAST < high
    assert high - low < 15
    assert found.crude.value > 0
    assert found.verdict == "causal"


@pytest.mark.parametrize(("known", "is_tried"), [(19, False), (20, True)])
def test_a_placebo_of_few_in_an_arm_is_none(known, is_tried):
    panel = _panel(needier=0.0)
    of_x = np.flatnonzero(panel.service == "X")
    outcome = panel.outcome.copy()
    outcome[of_x[known:], :7] = np.nan  # the placebo is of 3 to 6; five before are needed to match

    found = compare(replace(panel, outcome=outcome), services=("X", "Y"))

    assert (found.placebo is not None) == is_tried
    assert found.effect is not None
    assert any("(placebo)" in reason for reason in found.reasons) == (not is_tried)


def test_turned_around_it_is_the_opposite():
    one, other = (compare(_panel(), services=pair) for pair in (("X", "Y"), ("Y", "X")))

    assert one.effect.value == pytest.approx(-other.effect.value, abs=0.5)
    assert one.n == other.n[::-1]


def test_weights_make_the_arms_alike():
    found = compare(_panel(), services=("X", "Y"))

    before = {b.name: b.before for b in found.balance}
    after = {b.name: b.after for b in found.balance}
    assert before["level"] > 0.8
    assert abs(after["level"]) < 0.05


def test_groups_are_named_by_their_values_and_said_in_words():
    """Need groups 2 and 3, not their places among the values; minutes in bokmål."""
    panel = _panel()
    need = np.where(np.arange(len(panel.recipients)) % 3 == 0, 1, 0)
    codes = np.repeat(need[:, None], panel.periods, axis=1)
    groups = {
        "categories": {"need_group": codes},
        "labels": {**panel.labels, "need_group": ("2", "3")},
    }

    found = compare(replace(panel, **groups), services=("X", "Y"))

    titles = {b.name: b.title for b in found.balance}
    assert titles["need_group=3"] == "andelen i behovsgruppe 3"
    assert titles["level"] == "minutter per uke perioden før"


@pytest.mark.parametrize(
    ("n", "verdict"), [(8, "refused"), (30, "counts_only"), (70, "indicative")]
)
def test_few_in_the_smaller_arm_say_little(n, verdict):
    assert compare(_panel(n=n, needier=0.2), services=("X", "Y")).verdict == verdict


def test_many_who_started_too_late_to_be_followed_are_counted_and_not_called_few():
    lines = {f"m{k:02d}": ([200.0 + k] * 26, 12 if k < 4 else 25) for k in range(24)}
    panel, adoptions = tables(lines)
    service = pa.array(["X", "Y"] * 12)

    found = compare(
        files.from_tables(panel, adoptions.append_column("service", service)), services=("X", "Y")
    )

    assert (found.n, found.verdict, found.effect) == ((2, 2), "counts_only", None)
    assert found.reasons[0].startswith("Færre enn fem av 12 brukere har noen å sammenlignes med")


@pytest.mark.parametrize(
    ("lost", "verdict", "said"),
    [
        ({"X": 50}, "counts_only", "10 av 60 brukere har noen å sammenlignes med; under 20"),
        ({"Y": 80}, "indicative", "Bare 33 % av brukerne har noen å sammenlignes med"),
        ({"Y": 20}, "causal", None),
    ],
)
def test_each_service_is_counted_by_its_own(lost, verdict, said):
    """60 started with X and 120 with Y; of some no minutes are known afterwards."""
    rng = np.random.default_rng(3)
    noise = rng.standard_normal((60, 30))
    lines = {}
    for service, many in (("X", 60), ("Y", 120)):
        for k in range(many):
            course = (200 + k % 20 + noise[k % 60]).tolist()
            after = None if k < lost.get(service, 0) else 1.0
            course[13:] = [after and value for value in course[13:]]
            lines[f"{service}{k:03d}"] = (course, 12)
    panel, adoptions = tables(lines)
    service = pa.array([who[0] for who in adoptions["recipient_id"].to_pylist()])

    found = compare(
        files.from_tables(panel, adoptions.append_column("service", service)), services=("X", "Y")
    )

    assert found.n == (60 - lost.get("X", 0), 120 - lost.get("Y", 0))
    assert found.verdict == verdict
    assert any(said in reason for reason in found.reasons) if said else not found.reasons


def test_only_those_who_started_while_both_services_were_started_are_compared():
    """X in periods 10–13, Y in 12–15: those of 12 and 13 are compared."""
    lines = {f"{s}{g}{k}": ([200.0 + k] * 30, g) for s, g in STARTS for k in range(10)}
    panel, adoptions = tables(lines)
    service = pa.array([who[0] for who in adoptions["recipient_id"].to_pylist()])

    found = compare(
        files.from_tables(panel, adoptions.append_column("service", service)), services=("X", "Y")
    )

    assert found.n == (20, 20)


def test_nobody_is_foretold_by_a_model_that_has_seen_her():
    """One whose minutes are far off moves what is foretold of others, and not of herself."""
    rng = np.random.default_rng(1)
    x, y = rng.standard_normal((50, 2)), rng.standard_normal(50)
    far = np.where(np.arange(50) == 7, 1e6, y)

    one, other = (compare_module._crossed(x, v, compare_module._foretold) for v in (y, far))

    assert one[7] == other[7]
    assert np.count_nonzero(one != other) > 25


def test_a_service_is_not_compared_with_itself():
    with pytest.raises(VftError, match="«X» kan ikke sammenlignes med seg selv"):
        compare(_panel(n=30), services=("X", "X"))


def test_what_is_missing_is_told():
    with pytest.raises(VftError, match="«Z»; der finnes X, Y"):
        compare(_panel(), services=("X", "Z"))
    with pytest.raises(VftError, match="mangler kolonnen «service»"):
        compare(files.from_tables(*tables({"a": ([1] * 9, 3)})), services=("X", "Y"))
