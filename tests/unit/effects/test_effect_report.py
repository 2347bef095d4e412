"""What is shown: nothing, counts or all by the verdict, and one to four persons nowhere."""

from dataclasses import replace

import pytest
from small_panels import small

from vft.effects import report
from vft.effects.admission import Deferred
from vft.effects.compare import Compared
from vft.effects.controlled import Controlled, Moment
from vft.effects.interval import Estimate
from vft.effects.newcomers import Newcomers
from vft.effects.segments import Segment, Segmented
from vft.effects.zero_points import ZeroPoint

PANEL = small({"kari": ([100] * 3, None)})
SOME = Estimate(value=-40.0, error=5.0, n=60)
B = Controlled(
    n_adopters=60,
    n_matched=55,
    share_same_unit=0.5,
    effect=SOME,
    placebo=SOME,
    drift=SOME,
    growth=SOME,
    balance=[],
    event_study=[],
    zero_points=[],
    verdict="causal",
    reasons=[],
)


@pytest.mark.parametrize(("n", "told", "estimate"), [(0, 0, None), (4, None, None), (5, 5, -40.0)])
def test_a_period_of_few_has_neither_count_nor_figure(n, told, estimate):
    moment = Moment(time=3, estimate=SOME if n else None, n_adopters=n, matched_on=False)

    (row,) = report.effect_b(PANEL, replace(B, event_study=[moment])).event_study

    assert (row.n_adopters, row.estimate, row.interval is None) == (told, estimate, not estimate)


@pytest.mark.parametrize(("n", "shown"), [(19, False), (20, True)])
def test_what_should_be_none_is_told_only_where_it_rests_on_enough(n, shown):
    few = Estimate(value=17.9, error=20.0, n=n)

    found = report.effect_b(PANEL, replace(B, placebo=few, drift=few, growth=few))

    for one in (found.placebo, found.placebo_drift, found.growth):
        assert (one.estimate, one.z is not None) == ((17.9, True) if shown else (None, False))
        assert (one.interval is not None) == shown


@pytest.mark.parametrize(("n", "shown"), [(2, None), (4, None), (5, -40.0)])
def test_a_zero_point_of_few_has_no_figures(n, shown):
    few = Estimate(value=-40.0, error=5.0, n=n)
    zero = ZeroPoint(first=-9, last=-6, before_after=few, controlled=few)

    (row,) = report.effect_b(PANEL, replace(B, zero_points=[zero])).zero_points

    assert (row.before_after, row.estimate, row.interval is None) == (shown, shown, shown is None)


@pytest.mark.parametrize(("matched", "told", "share"), [(0, 0, 0.0), (4, None, None), (6, 6, 0.1)])
def test_few_matched_are_not_given_by_their_share(matched, told, share):
    few = replace(B, n_matched=matched, verdict="counts_only")

    found = report.effect_b(PANEL, few)

    assert (found.n_adopters, found.n_matched, found.share_matched) == (60, told, share)
    assert (found.share_same_unit is None) == (not told)
    assert found.estimate is found.placebo.z is found.growth.estimate is None


def test_that_nobody_adopted_is_told_as_none():
    nobody = replace(B, n_adopters=0, n_matched=0, share_same_unit=None, verdict="refused")

    found = report.effect_b(PANEL, nobody)

    assert (found.n_adopters, found.n_matched, found.share_matched) == (0, 0, None)
    assert found.estimate is found.placebo.estimate is None
    assert report.effect_b(PANEL, replace(nobody, n_adopters=3)).n_adopters is None


@pytest.mark.parametrize(("first", "told"), [(0, 0), (3, None), (8, 8)])
def test_few_who_began_in_their_first_period(first, told):
    new = Newcomers(
        n_adopters=60,
        n_matched=55,
        n_first=first,
        share_same_unit=0.5,
        effect=SOME,
        growth=SOME,
        balance=[],
        event_study=[],
        verdict="indicative",
        reasons=[],
    )

    assert report.effect_newcomers(PANEL, new).n_first == told


@pytest.mark.parametrize(
    ("verdict", "counts", "told"),
    [
        ("causal", (60, 70), (60, 70)),
        ("counts_only", (4, 70), (None, 70)),
        ("counts_only", (70, 0), (70, 0)),
        ("refused", (60, 70), (None, None)),
    ],
)
def test_few_in_an_arm(verdict, counts, told):
    arms = Compared(
        services=("X", "Y"),
        n=counts,
        effect=SOME,
        crude=SOME,
        placebo=SOME,
        balance=[],
        verdict=verdict,
        reasons=[],
    )
    moved = Deferred(
        n_adopters=60,
        n_matched=55,
        events=counts,
        hazard_ratio=None,
        months_home={},
        verdict=verdict,
        reasons=[],
        notes=["Slik."],
    )

    assert report.effect_compare(PANEL, arms).n == told
    assert report.effect_admission(PANEL, moved).admissions == told
    notes = report.effect_admission(PANEL, moved).notes
    assert ("Slik." in notes) == (verdict != "refused")


@pytest.mark.parametrize(("matched", "told"), [(0, 0), (3, None), (5, 5)])
def test_few_matched_are_told_by_no_design(matched, told):
    new = Newcomers(
        n_adopters=60,
        n_matched=matched,
        n_first=0,
        share_same_unit=0.5,
        effect=None,
        growth=None,
        balance=[],
        event_study=[],
        verdict="counts_only",
        reasons=[],
    )
    moved = Deferred(
        n_adopters=60,
        n_matched=matched,
        events=(0, 0),
        hazard_ratio=None,
        months_home={},
        verdict="counts_only",
        reasons=[],
        notes=[],
    )

    assert report.effect_newcomers(PANEL, new).n_matched == told
    assert report.effect_newcomers(PANEL, new).share_same_unit == (0.5 if told else None)
    assert report.effect_admission(PANEL, moved).n_matched == told


def _segment(label, value, *, verdict="causal", n=60, matched=55):
    pulled = Estimate(value=value, error=5.0, n=matched)
    return Segment(
        label=label,
        n_adopters=n,
        n_matched=matched,
        effect=pulled,
        shrunken=pulled,
        q=0.01,
        verdict=verdict,
        reasons=[],
    )


def _segmented(*segments, left_out=0):
    return Segmented(
        segments=list(segments),
        mean=SOME,
        spread=1.0,
        i_squared=0.1,
        interaction=0.2,
        left_out=left_out,
    )


def test_only_the_causal_are_ranked_and_by_their_pulled_effect():
    many = _segmented(
        _segment("a", -40.0), _segment("b", -90.0), _segment("c", -99.0, verdict="indicative")
    )

    told = report.effect_segments(PANEL, many, by="segment")

    assert [(s.segment, s.rank) for s in told.segments] == [("a", 2), ("b", 1), ("c", None)]
    assert told.notes == []


def test_one_alone_has_no_rank_and_few_matched_no_count():
    few = _segment("b", -90.0, verdict="counts_only", n=30, matched=3)

    told = report.effect_segments(PANEL, _segmented(_segment("a", -40.0), few), by="segment")

    assert [(s.n_adopters, s.n_matched, s.rank) for s in told.segments] == [
        (60, 55, None),
        (30, None, None),
    ]
