"""Total municipal resources: what each recipient comes to a week, also after she left home."""

import numpy as np
import pytest
from small_panels import small, tables

from vft.effects import files
from vft.effects.resources import Prices, priced, resources
from vft.errors import VftError

PRICES = Prices(minute=2.0, institution=1000.0)
NAN = float("nan")


def _panel(courses):
    """One line a recipient: minutes while at home, D or I in the period she left in, or None."""
    rows, starts = tables({who: ([100.0] * len(c), None) for who, c in courses.items()})
    cells = [cell for course in courses.values() for cell in course]
    data = rows.to_pylist()
    for row, cell in zip(data, cells, strict=True):
        home = isinstance(cell, int)
        row["outcome"] = float(cell) if home else None
        row["present"] = home
        row["exit"] = {"D": "dead", "I": "institution"}.get(cell)
    return files.from_tables(type(rows).from_pylist(data), starts)


def test_at_home_dead_and_in_a_nursing_home():
    found = priced(
        _panel(
            {
                "hjemme": [100, 110, 120, 130, 140],
                "døde": [100, 110, "D", None, None],
                "flyttet": [100, 110, "I", None, None],
                "flyttet og døde": [100, "I", None, "D", None],
                "avsluttet": [100, 110, None, None, None],
                "borte en stund": [100, None, 120, "I", None],
                "hjem igjen": [100, "I", 120, None, None],
                "to opphold": [100, "I", 120, "I", None],
            }
        ),
        PRICES,
    )

    expected = {
        "hjemme": [200, 220, 240, 260, 280],
        "døde": [200, 220, 110, 0, 0],  # half a period as before, half of nothing
        "flyttet": [200, 220, 610, 1000, 1000],
        "flyttet og døde": [200, 600, 1000, 500, 0],
        "avsluttet": [200, 220, NAN, NAN, NAN],  # not known, and not nothing
        "borte en stund": [200, NAN, 240, 620, 1000],
        "hjem igjen": [200, 600, 240, NAN, NAN],  # where she is then is not known
        "to opphold": [200, 600, 240, 620, 1000],
    }
    for who, outcome in zip(found.recipients.tolist(), found.outcome.tolist(), strict=True):
        assert outcome == pytest.approx(expected[who], nan_ok=True), who
    assert found.measured_in == "kroner per uke"


def test_whoever_is_not_said_to_have_died_in_the_nursing_home_is_told():
    said = priced(_panel({"a": [100, "I", "D"], "b": [100, 100, 100]}), PRICES)
    unsaid = priced(
        _panel({"a": [100, "I", None], "b": [100, 100, 100], "c": [100, "D", None]}), PRICES
    )

    assert said.notes == ()
    assert ["regnes som boende" in note for note in unsaid.notes] == [True]


def test_prices_are_told():
    told = priced(
        _panel({"a": [100, "D"], "b": [100, 100]}), Prices(minute=1, institution=2, told=("Slik.",))
    )

    assert told.notes == ("Slik.",)


def test_a_panel_that_does_not_say_how_one_left_is_refused():
    with pytest.raises(VftError, match="«exit»"):
        priced(small({"kari": ([100] * 8, 5)}), PRICES)


def _town(*, move, adopters=60, wider=0.0):
    """Alike but for this: of those without the service, ``move`` of ten move in, six periods on.

    ``wider``: minutes that adopters fall by for each period after they start.
    """
    rng = np.random.default_rng(5)
    courses, starts = {}, {}
    for n in range(4 * adopters):
        who, start = f"m{n:03d}", 18 + n % 4
        course = (200 + 30 * rng.standard_normal() + rng.standard_normal(32)).round(2).tolist()
        if n < adopters:
            starts[who] = start
            course[start:] = [y - 50 - wider * k for k, y in enumerate(course[start:])]
        elif n % 10 < move:
            course[start + 6 :] = ["I"] + [None] * (31 - start - 6)
        courses[who] = course
    rows, begun = tables({w: ([0.0] * 32, starts.get(w)) for w in courses})
    data = rows.to_pylist()
    for row, cell in zip(data, (c for course in courses.values() for c in course), strict=True):
        row |= {"present": isinstance(cell, float), "exit": "institution" if cell == "I" else None}
        row["outcome"] = cell if isinstance(cell, float) else None
    return files.from_tables(type(rows).from_pylist(data), begun)


def test_a_place_saved_counts_beside_the_minutes():
    """50 minutes at 2 kroner; and of half of them a place in about half of the eight periods."""
    none, half = (resources(priced(_town(move=move), PRICES)).effect for move in (0, 5))

    assert none.value == pytest.approx(-100, abs=3)
    saved = 0.5 * (1000 - 400) * (0.5 + 3) / 8  # half a period, then three, of eight
    assert half.value == pytest.approx(-100 - saved, rel=0.25)
    assert half.interval[1] < none.interval[0]


def test_what_saved_places_add_is_not_taken_for_a_gap_that_widens():
    found = resources(priced(_town(move=5), PRICES))

    assert abs(found.growth.value) < 3
    assert [reason for reason in found.reasons if "vokser" in reason] == []


def test_a_gap_that_still_widens_at_home_is():
    found = resources(priced(_town(move=0, wider=8.0), PRICES))

    assert found.growth.value == pytest.approx(-2 * 32, abs=5)
    assert found.verdict == "indicative"
    assert "vokser fortsatt" in found.reasons[0]
    assert "kroner per uke" in found.reasons[0]


@pytest.mark.parametrize(
    ("each", "stay", "verdict"),
    [(2, None, "causal"), (2, 1, "causal"), (6, None, "indicative"), (6, 1, "indicative")],
)
def test_few_who_move_in_are_no_ground_for_a_cause(each, stay, verdict):
    """One adopter in two or in six moves in at the end of her ninth period; of 120, 60 or 20.

    Everybody was on a short stay in ``stay``, long before, and came home again.
    """
    rng = np.random.default_rng(6)
    lines, left = {}, {}
    for n in range(480):
        who, start = f"m{n:03d}", 18 if n < 120 else None
        minutes = 200 + 30 * rng.standard_normal() + rng.standard_normal(32)
        lines[who] = (minutes.round(2).tolist(), start)
        left[who] = 27 if n % each == 0 else None
    rows, starts = tables(lines)
    data = rows.to_pylist()
    for row in data:
        moves = left[row["recipient_id"]] is not None
        gone = (moves and row["period"] >= 27) or row["period"] == stay
        row |= {
            "present": not gone,
            "exit": "institution" if gone and row["period"] in {27, stay} else None,
        }
        row["outcome"] = None if gone else row["outcome"]

    found = resources(priced(files.from_tables(type(rows).from_pylist(data), starts), PRICES))

    assert found.verdict == verdict
    assert ["under 30 i en gruppe" in reason for reason in found.reasons] == [True] * (each == 6)
