"""B and the library's local projections answer the same question where chance says who starts."""

import pytest
from bench.compare import AnswersDiffer
from bench.methods import effects
from bench.results import Worked


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("bench")
    for size in ("warm", "full"):
        effects.write(made / size, 1_500, 52, 150)
    return made


def worked(peer, estimate, error):
    answer = {"estimate": estimate, "error": error}
    return Worked(method="effects", peer=peer, seconds=[1.0], cpu=1.0, peak=1, answer=answer)


@pytest.mark.filterwarnings("ignore")  # what the library warns of on few rows is not ours
def test_they_agree_but_for_chance(folder):
    timed = [effects.measured(who, folder) for who in ("vft", "lpdid")]
    effects.require_alike([worked(t.who, **t.answer) for t in timed])
    assert all(-140 < t.answer["estimate"] < -50 for t in timed)
    assert all(t.seconds > 0 and t.peak > 0 for t in timed)


@pytest.mark.parametrize(
    ("second", "error", "alike"),
    [(-95.0, 3.0, True), (-80.0, 3.0, False), (-80.0, 5.0, True), (float("nan"), 3.0, False)],
)
def test_answers_that_chance_cannot_part_are_alike(second, error, alike):
    found = [worked("vft", -98.0, 3.0), worked("lpdid", second, error), worked("feols", 0.0, 1.0)]
    if alike:
        effects.require_alike(found)
    else:
        with pytest.raises(AnswersDiffer, match="lpdid"):
            effects.require_alike(found)
