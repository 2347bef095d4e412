"""Effects by segment: pooled as the library does, pulled by the formula, gated one by one."""

import numpy as np
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from small_panels import small, tables
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests

from vft.effects import files, report
from vft.effects.segments import pool, segments, shrink
from vft.errors import FileRefused, VftError
from vft.sources.invented.worlds import MAIN

VALUES = np.array([-60.0, -120.0, -95.0, -20.0])
ERRORS = np.array([8.0, 10.0, 20.0, 35.0])


def test_pooling_agrees_with_the_library():
    ours = pool(VALUES, ERRORS)

    theirs = combine_effects(VALUES, ERRORS**2, method_re="dl")
    assert ours.tau2 == pytest.approx(theirs.tau2)
    assert ours.i_squared == pytest.approx(theirs.i2)
    assert ours.mean == pytest.approx(theirs.mean_effect_re)
    assert ours.error == pytest.approx(np.sqrt(theirs.var_eff_w_re))
    assert ours.interaction == pytest.approx(theirs.test_homogeneity().pvalue)


def test_shrinking_is_the_formula_of_both_precisions():
    pooled = pool(VALUES, ERRORS)

    pulled, error = shrink(VALUES, ERRORS, pooled)

    own, common = 1 / ERRORS**2, 1 / pooled.tau2
    assert pulled == pytest.approx((VALUES * own + pooled.mean * common) / (own + common))
    of_the_mean = common / (own + common) * pooled.error
    assert error**2 == pytest.approx(1 / (own + common) + of_the_mean**2)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.floats(-200, 200), st.floats(1, 60)), min_size=2, max_size=10))
def test_nobody_is_pulled_past_the_mean_and_the_unsure_are_pulled_most(figures):
    value, error = (np.array(column) for column in zip(*figures, strict=True))
    pooled = pool(value, error)

    pulled, _ = shrink(value, error, pooled)

    low, high = np.minimum(value, pooled.mean), np.maximum(value, pooled.mean)
    assert np.all((low - 1e-9 <= pulled) & (pulled <= high + 1e-9))
    assert 0 <= pooled.i_squared <= 1
    assert 0 <= pooled.interaction <= 1


def _town(effects, *, adopters=30):
    rng = np.random.default_rng(4)
    lines, segment = {}, {}
    for label, effect in effects.items():
        for n in range(4 * adopters):
            who = f"{label}{n:03d}"
            course = 200 + 30 * rng.standard_normal() + 10 * rng.standard_normal(30)
            start = 18 + n % 4 if n < adopters else None
            if start is not None:
                course[start:] += effect
            lines[who], segment[who] = (course.tolist(), start), label
    return lines, segment


def test_each_segment_gets_its_own_effect_and_the_one_too_small_none():
    lines, segment = _town({"a": -20.0, "b": -70.0})
    few, of_few = _town({"c": -90.0}, adopters=3)

    found = segments(small({**lines, **few}, segment={**segment, **of_few}))

    a, b, c = found.segments
    assert a.shrunken.value == pytest.approx(-20, abs=5)
    assert b.shrunken.value == pytest.approx(-70, abs=5)
    assert (c.verdict, c.effect, c.shrunken) == ("refused", None, None)
    assert found.interaction < 0.001
    assert found.i_squared > 0.9


def test_false_discoveries_are_controlled_on_both_sides_as_the_library_does():
    lines, segment = _town({"a": -3.0, "b": 2.0, "c": -6.0})

    found = segments(small(lines, segment=segment)).segments

    two_sided = [2 * norm.sf(abs(s.effect.z)) for s in found]
    assert [s.q for s in found] == pytest.approx(multipletests(two_sided, method="fdr_bh")[1])


def test_one_segment_alone_is_not_pooled():
    lines, segment = _town({"a": -20.0})

    found = segments(small(lines, segment=segment))

    assert found.mean is None
    assert found.segments[0].shrunken is None


def test_by_time_since_first_home_care():
    """Seen to come, or there for so long that the last band is sure; else she is in none."""
    lines = {
        "fra start, 12": ([100] * 30, 12),
        "fra start, 13": ([100] * 30, 13),
        "kom i 5, 2 etter": ([None] * 5 + [100] * 25, 7),
        "kom i 5, 3 etter": ([None] * 5 + [100] * 25, 8),
        "kom i 5, 12 etter": ([None] * 5 + [100] * 25, 17),
        "kom i 5, 13 etter": ([None] * 5 + [100] * 25, 18),
    }
    panel, started = tables(lines)

    found = segments(
        files.from_tables(panel.filter(pc.is_valid(panel["outcome"])), started),
        by="time_since_first",
    )

    assert [(s.label, s.n_adopters) for s in found.segments] == [
        ("under 3 perioder", 1),
        ("3–12 perioder", 2),
        ("13 perioder eller mer", 2),
    ]
    assert found.left_out == 1


def test_who_is_of_no_known_group_is_no_control_of_another_history():
    """Adopters of group 2 known for four periods; the others for five, their group not given."""
    lines = {f"a{n}": ([None] * 6 + [100 + n] * 20, 10) for n in range(25)}
    lines |= {f"k{n}": ([None] * 5 + [100 + n] * 21, None) for n in range(25)}
    lines |= {"b": ([100] * 26, None)}
    group = {who: {"a": 2, "b": 1}.get(who[0]) for who in lines}
    panel, started = tables(lines, need_group=group)

    found = segments(
        files.from_tables(panel.filter(pc.is_valid(panel["outcome"])), started), by="need_group"
    )

    assert [(s.label, s.n_adopters, s.n_matched) for s in found.segments] == [
        ("1", 0, 0),
        ("2", 25, 0),
    ]


def test_by_need_group_the_period_before():
    lines, _ = _town({"a": -40.0})
    group = {who: 1 + n % 2 for n, who in enumerate(lines)}
    group["a000"] = None

    panel = small(lines, need_group=group)

    found = segments(panel, by="need_group")

    assert [(s.label, s.n_adopters) for s in found.segments] == [("1", 14), ("2", 15)]
    note, _ = report.effect_segments(panel, found, by="need_group").notes
    assert note.startswith("Færre enn fem brukere er ikke med i noen gruppe")


@pytest.mark.parametrize("by", ["need_group", "time_since_first"])
def test_who_is_compared_is_of_the_same_group(by):
    """Those like the adopter in minutes are of another group; those of her own are far above."""
    high, low = [900] * 20, [100] * 20
    lines = {f"a{n}": ([None] * 5 + low[5:], 11) for n in range(6)}
    lines |= {f"lik{n}": (low, None) for n in range(6)}
    lines |= {f"egen{n}": ([None] * 5 + high[5:], None) for n in range(6)}
    group = {who: 2 if who.startswith("lik") else 1 for who in lines}
    panel, started = tables(lines, need_group=group)
    there = files.from_tables(panel.filter(pc.is_valid(panel["outcome"])), started)

    found = segments(there, by=by)

    assert [s.n_matched for s in segments(there).segments] == [6]  # where the group is no matter
    assert [s.n_matched for s in found.segments if s.n_adopters] == [0]


def test_growth_that_differs_by_need_is_not_taken_for_effects_that_do():
    """In this world need decides how minutes grow, and next to nothing of the effect."""
    study = MAIN["newcomers"].draw(seed=3)
    started = study.adoptions

    found = segments(files.from_tables(study.panel, started), by="need_group")

    shown = [s for s in found.segments if s.effect is not None]
    assert len(shown) >= 4
    for one in shown:
        low, high = one.effect.interval
        assert low - 15 < study.effect < high + 15, one.label
        assert "behovsgruppe" not in " ".join(one.reasons)
    assert found.interaction > 0.05


def test_a_group_of_few_is_not_what_is_left_of_the_others():
    """3, 30 and 40 adopters: with 30 untold, nobody can take them from 73 and find 3."""
    lines, segment = {}, {}
    for label, adopters in {"a": 30, "b": 40, "c": 3}.items():
        town, of_town = _town({label: -40.0}, adopters=adopters)
        lines, segment = {**lines, **town}, {**segment, **of_town}
    panel = small(lines, segment=segment)

    told = report.effect_segments(panel, segments(panel), by="segment")

    assert [(s.segment, s.n_adopters, s.n_matched is None) for s in told.segments] == [
        ("a", None, True),
        ("b", 40, False),
        ("c", None, True),
    ]
    assert "Anslaget bygger på færre enn 50 brukere" in told.segments[0].reasons[0]
    assert "utelatt for en eller flere grupper med minst 5 brukere" in told.notes[0]
    assert told.segments[0].estimate is not None


def test_more_than_ten_segments_and_unknown_groupings_are_refused():
    lines = {f"m{n}": ([100] * 3, None) for n in range(11)}
    panel = small(lines, segment={f"m{n}": str(n) for n in range(11)})

    with pytest.raises(VftError, match="høyst 10"):
        segments(panel)
    with pytest.raises(FileRefused, match=r"«need_group».*etter segment eller time_since_first"):
        segments(panel, by="need_group")
    with pytest.raises(
        VftError, match="ingen inndeling «bydel»; velg segment eller time_since"
    ) as e:
        segments(panel, by="bydel")
    assert e.value.exit_code == 1  # the file is not to blame


def test_few_of_no_known_group_hide_the_smallest_groups_count():
    lines, segment = _town({"a": -20.0})
    others, of_others = _town({"b": -70.0}, adopters=33)
    lines, segment = {**lines, **others}, {**segment, **of_others}
    unknown = dict.fromkeys(["a000", "a001", "b000"])  # adopters, of whom no group is given

    panel = small(lines, segment={**segment, **unknown})
    told = report.effect_segments(panel, segments(panel), by="segment")

    assert [(s.segment, s.n_adopters) for s in told.segments] == [("a", None), ("b", 32)]
    assert told.notes[0].startswith("Færre enn fem brukere er ikke med i noen gruppe")
    assert "utelatt for en eller flere grupper med minst 5 brukere" in told.notes[1]
    assert not any("28" in reason for s in told.segments for reason in s.reasons)


def test_a_group_in_which_nobody_adopted_has_none_and_no_few():
    lines, segment = _town({"a": -20.0})
    idle = {who.replace("a", "c"): (course, None) for who, (course, _) in lines.items()}

    panel = small({**lines, **idle}, segment={**segment, **dict.fromkeys(idle, "c")})
    told = report.effect_segments(panel, segments(panel), by="segment")

    assert [(s.segment, s.n_adopters, s.n_matched) for s in told.segments][1] == ("c", 0, 0)
    assert told.segments[1].verdict == "refused"
    assert told.segments[1].reasons[0].startswith("Ingen har tatt tjenesten i bruk")
    assert told.segments[0].n_adopters == 30
