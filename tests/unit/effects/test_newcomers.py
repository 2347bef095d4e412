"""New recipients: who is new, who is like whom, what growth is counted from, and what is said."""

import numpy as np
import pyarrow.compute as pc
import pytest
from small_panels import small, tables

from vft.effects import files
from vft.effects.newcomers import is_new, newcomers
from vft.errors import VftError
from vft.sources.invented.worlds import MAIN

PERIODS = 20


def _panel(lines, *, group=None, **columns):
    """None: not come yet. ``group``: need group by recipient, 1 for all others."""
    known = {who: (group or {}).get(who, 1) for who in lines}
    panel, started = tables(lines, need_group=known, **columns)
    return files.from_tables(panel.filter(pc.is_valid(panel["outcome"])), started)


def _come(period, *minutes):
    """Not there until ``period``, then these; the last for the rest of the time."""
    course = [None] * period + list(minutes)
    return course + [minutes[-1]] * (PERIODS - len(course))


def _alone():
    """One who was there from the beginning: whoever has no history is then known to be new."""
    return {"alt her": ([50] * PERIODS, None)}


def _pairs(adopters, controls):
    lines = {f"a{n}": adopters for n in range(30)}
    return lines | {f"k{n}": controls for n in range(30)} | _alone()


def test_who_is_new():
    panel = _panel(
        {
            "fra start": ([100] * PERIODS, 3),
            "ny": (_come(3, 100), 3),
            "fire etter": (_come(3, 100), 7),
            "fem etter": (_come(3, 100), 8),
            "aldri": (_come(3, 100), None),
        }
    )

    new = is_new(panel, panel.adopted)

    assert dict(zip(panel.recipients.tolist(), new.tolist(), strict=True)) == {
        "fra start": False,
        "ny": True,
        "fire etter": True,
        "fem etter": False,
        "aldri": False,
    }


def test_growth_is_counted_from_the_first_period():
    """Adopters grow from 100 to 110, others from 104 to 144: 30 less."""
    found = newcomers(
        _panel(_pairs((_come(3, 100, 100, 90, 110), 5), (_come(3, 104, 104, 144), None)))
    )

    assert found.effect.value == pytest.approx((110 - 100) - (144 - 104))
    assert [m.estimate.value for m in found.event_study[:2]] == pytest.approx([-50, -30])
    assert (found.n_adopters, found.n_matched, found.n_first) == (30, 30, 0)


def test_who_begins_in_her_first_period_is_followed_from_the_same_assessment():
    found = newcomers(_panel(_pairs((_come(3, 170, 100, 60), 3), (_come(3, 120, 130, 140), None))))

    assert found.effect.value == pytest.approx(60 - 140)
    assert (found.n_matched, found.n_first) == (30, 30)
    assert "30 brukere begynte i sin aller første periode" in found.reasons[-1]


def test_only_twelve_months_after_are_counted():
    """The effect is 20 in periods 2–12 after, and more before and after them."""
    course = _come(3, 100, *[50] * 2, *[80] * 11, *[10] * 2)
    found = newcomers(_panel(_pairs((course, 4), (_come(3, 100), None))))

    assert found.effect.value == pytest.approx(-20)
    assert [m.time for m in found.event_study] == list(range(13))


@pytest.mark.parametrize(
    "other",
    [
        {"came": 2},
        {"came": 4},
        {"group": 2},
        {"segment": "b"},
        {"age": 99.0},
        {"minutes": 400},
        {"adopted": 5},
    ],
    ids=str,
)
def test_unlike_at_the_first_assessment_are_not_compared(other):
    """The one who is there to compare with differs in one thing only."""
    control = (_come(other.get("came", 3), other.get("minutes", 100)), other.get("adopted"))
    fill = {f"x{n}": (_come(3, 80 + 15 * (n % 4)), None) for n in range(40)}
    everybody = {"a": (_come(3, 100), 5), "k": control, **fill, **_alone()}
    apart = dict.fromkeys(fill, "c")
    found = newcomers(
        _panel(
            everybody,
            group={"k": other.get("group", 1)},
            segment={**apart, "k": other.get("segment", "a")},
            age={"k": other.get("age", 80.0)} | {f"x{n}": 70.0 + n % 20 for n in range(40)},
        )
    )

    assert (found.n_adopters, found.n_matched) == (1 + ("adopted" in other), 0)


def test_and_alike_are():
    found = newcomers(_panel({"a": (_come(3, 100), 5), "k": (_come(3, 100), None), **_alone()}))

    assert found.n_matched == 1


def test_a_control_who_begins_is_left_out_from_then_on():
    lines = _pairs((_come(3, 100, 100, 70), 5), (_come(3, 100, *[100] * 6, 40), 10))

    found = newcomers(_panel(lines))

    by_time = {m.time: m.estimate for m in found.event_study}
    assert by_time[4].value == pytest.approx(-30)
    assert by_time[5] is None


def test_those_measured_and_those_not_do_not_widen_the_interval_of_each_other():
    """Both kinds are alike within; that their minutes are counted from elsewhere is no doubt."""
    rng = np.random.default_rng(2)
    lines = {}
    for n in range(160):
        start = 3 + 2 * (n % 2) if n < 40 else None
        course = 100 + 5 * rng.standard_normal(PERIODS) - 30 * (np.arange(PERIODS) >= (start or 99))
        lines[f"m{n}"] = ([None] * 3 + course[3:].tolist(), start)

    found = newcomers(_panel(lines | _alone()))

    assert found.effect.value == pytest.approx(-30, abs=3)
    assert found.effect.error < 2.0


def test_at_most_an_indication_and_why():
    found = newcomers(_panel(_pairs((_come(3, 100, 100, 70), 5), (_come(3, 100), None))))

    assert found.verdict == "indicative"
    assert "placebo" in " ".join(found.reasons)


def test_minutes_that_are_not_alike_are_told():
    """Controls are eight minutes above, of a spread of about ten among the new."""
    rng = np.random.default_rng(1)
    lines = {f"a{n}": (_come(3, 100 + rng.standard_normal()), 5) for n in range(60)}
    lines |= {f"k{n}": (_come(3, 108 + rng.standard_normal()), None) for n in range(60)}
    lines |= {f"x{n}": (_come(3, 60 + 8 * (n % 12)), None) for n in range(60)}
    apart = {f"x{n}": 2 for n in range(60)}

    found = newcomers(_panel(lines | _alone(), group=apart))

    told = {b.name: b.after for b in found.balance}
    assert told["first"] < -0.2
    assert told["level"] < -0.2
    assert told["age"] == 0
    assert "første periode" in " ".join(found.reasons)


@pytest.mark.parametrize(("measured", "told"), [(4, set()), (5, {"first", "level"})])
def test_likeness_in_minutes_is_not_told_of_few(measured, told):
    """All others begin in their first period: no minutes of theirs are known before."""
    lines = {f"a{n:02d}": (_come(3, 100), 5 if n < measured else 3) for n in range(30)}
    lines |= {f"k{n}": (_come(3, 100), None) for n in range(30)}

    found = newcomers(_panel(lines | _alone()))

    assert {b.name for b in found.balance} == {*told, "age", "need_group=1"}


def test_nobody_new_and_no_assessment():
    assert newcomers(_panel(_alone())).verdict == "refused"
    with pytest.raises(VftError, match="«need_group»"):
        newcomers(small({"kari": ([100] * 8, 5)}))


def test_a_planted_effect_is_in_its_interval():
    study = MAIN["newcomers"].draw(seed=3)

    found = newcomers(files.from_tables(study.panel, study.adoptions))

    low, high = found.effect.interval
    assert low < study.newcomers < high
    assert high - low < 40
    assert found.n_matched > 100


def test_minutes_that_nobody_knows_compare_nobody():
    panel, started = tables(
        {"a": ([None] * 6, 3), "k": ([None] * 6, None)}, need_group={"a": 1, "k": 1}
    )
    later = pc.greater_equal(
        panel["period"], pc.if_else(pc.equal(panel["recipient_id"], "a"), 2, 0)
    )

    found = newcomers(files.from_tables(panel.filter(later), started))

    assert (found.n_adopters, found.n_matched, found.effect) == (1, 0, None)
