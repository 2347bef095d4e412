"""The verdict table: the first row that applies, and every reason that applies."""

import pytest

from vft.effects.interval import Estimate
from vft.effects.verdict import Evidence, judge

QUIET = Estimate(value=1.0, error=1.0, n=100)
LOUD = Estimate(value=-12.0, error=5.0, n=100)


@pytest.mark.parametrize(
    ("evidence", "verdict", "reasons"),
    [
        ((4, 4, 0.0, QUIET), "refused", 1),
        ((5, 5, 0.0, QUIET), "counts_only", 1),
        ((22, 19, 0.0, QUIET), "counts_only", 1),
        ((22, 20, 0.0, QUIET), "indicative", 1),
        ((60, 49, 0.0, QUIET), "indicative", 1),
        ((60, 50, 0.0, QUIET), "causal", 0),
        ((100, 59, 0.0, QUIET), "indicative", 1),
        ((100, 60, 0.0, QUIET), "causal", 0),
        ((100, 90, 0.10, QUIET), "causal", 0),
        ((100, 90, -0.11, QUIET), "indicative", 1),
        ((100, 90, 0.0, LOUD), "indicative", 1),
        ((100, 90, 0.0, Estimate(value=1.97, error=1.0, n=20)), "indicative", 1),
        ((100, 90, 0.0, Estimate(value=-1.95, error=1.0, n=20)), "causal", 0),
        ((100, 90, 0.0, None), "indicative", 1),
        ((100, 30, 0.5, LOUD), "indicative", 4),
        ((100, 10, 0.5, LOUD), "counts_only", 1),
        ((0, 0, 0.0, None), "refused", 1),
    ],
)
def test_verdict(evidence, verdict, reasons):
    adopters, matched, worst, placebo = evidence

    found, why = judge(
        Evidence(n_adopters=adopters, n_matched=matched, worst=("alder", worst), placebo=placebo)
    )

    assert found == verdict
    assert len(why) == reasons


def test_reasons_are_plain_sentences_with_their_figures():
    _, why = judge(Evidence(n_adopters=100, n_matched=30, worst=("alder", 0.25), placebo=LOUD))

    told = " ".join(why)
    assert "30 brukere" in told
    assert "ikke representativt" in told
    assert "alder (0,25 standardavvik, grensen er 0,10)" in told
    assert "−12,0 minutter per uke" in told


@pytest.mark.parametrize(
    ("matched", "told"),
    [
        (0, "Ingen av 30 brukere har noen å sammenlignes med; under 20 vises bare antall."),
        (4, "Færre enn fem av 30 brukere har noen"),
        (5, "5 av 30 brukere har noen"),
    ],
)
def test_the_few_are_told_neither_as_count_nor_as_share(matched, told):
    _, why = judge(Evidence(n_adopters=30, n_matched=matched, worst=None, placebo=QUIET))

    assert len(why) == 1
    assert why[0].startswith(told)


@pytest.mark.parametrize(
    ("matched", "told"),
    [
        (12, "Færre enn 20 brukere har noen å sammenlignes med, så effekten vises ikke."),
        (27, "Anslaget bygger på færre enn 50 brukere; under 50 er det bare en antydning."),
    ],
)
def test_reasons_without_counts(matched, told):
    evidence = Evidence(n_adopters=30, n_matched=matched, worst=None, placebo=QUIET, counted=False)

    _, why = judge(evidence)

    assert why[0] == told
    assert not {"12", "27", "30"} & set(why[0].split())


@pytest.mark.parametrize(("z", "verdict"), [(2.4, "causal"), (-2.6, "indicative")])
@pytest.mark.parametrize("which", ["drift", "growth"])
def test_extra_looks_have_a_higher_bar(which, z, verdict):
    looked = {which: Estimate(value=z, error=1.0, n=90)}

    found, why = judge(
        Evidence(n_adopters=100, n_matched=90, worst=("alder", 0.0), placebo=QUIET, **looked)
    )

    assert (found, len(why)) == (verdict, verdict == "indicative")


@pytest.mark.parametrize(
    ("n", "verdict", "told"),
    [
        (2, "indicative", "Færre enn fem brukere"),
        (19, "indicative", "19 brukere"),
        (20, "causal", None),
    ],
)
def test_a_placebo_of_few_says_nothing(n, verdict, told):
    few = Estimate(value=17.9, error=20.0, n=n)

    found, why = judge(Evidence(n_adopters=100, n_matched=90, worst=None, placebo=few))

    assert found == verdict
    assert [sentence.startswith(str(told)) for sentence in why] == [True] * (told is not None)
    assert "17,9" not in "".join(why)


def test_a_placebo_of_few_in_a_group_without_counts():
    few = Estimate(value=17.9, error=20.0, n=12)
    evidence = Evidence(n_adopters=90, n_matched=90, worst=None, placebo=few, counted=False)

    (why,) = judge(evidence)[1]

    assert why.startswith("Færre enn 20 brukere har lang nok historikk")


@pytest.mark.parametrize("which", ["drift", "growth"])
def test_drift_and_growth_of_few_are_neither_judged_nor_told(which):
    looked = {which: Estimate(value=90.0, error=1.0, n=19)}

    found = judge(Evidence(n_adopters=100, n_matched=90, worst=None, placebo=QUIET, **looked))

    assert found == ("causal", [])


@pytest.mark.parametrize(
    ("growth", "covered", "told"),
    [
        (Estimate(value=-2.7, error=170.0, n=2), (2, 3, 4), "bare i periode 2, 3 og 4."),
        (None, (2,), "bare i periode 2."),
        (None, (), "ikke i noen periode."),
        (Estimate(value=-2.7, error=5.0, n=20), (2, 3, 4, 5, 6), None),
    ],
)
def test_growth_that_too_few_are_followed_to_leaves_a_doubt(growth, covered, told):
    evidence = Evidence(
        n_adopters=100, n_matched=90, worst=None, placebo=QUIET, growth=growth, covered=covered
    )

    verdict, why = judge(evidence)

    assert verdict == ("indicative" if told else "causal")
    assert [sentence.endswith(str(told)) for sentence in why] == [True] * (told is not None)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"worst": ("alder", -0.1004)}, "(−0,1004 standardavvik, grensen er 0,10)"),
        ({"worst": ("alder", 0.1049)}, "(0,105 standardavvik, grensen er 0,10)"),
        ({"drift": Estimate(value=2.52, error=1.0, n=90)}, "z = 2,52, grensen er 2,5)"),
        ({"placebo": Estimate(value=-1.97, error=1.0, n=90)}, "z = −2,0, grensen er 1,96)"),
        ({"n_matched": 59_800, "n_adopters": 100_000}, "Bare 59,8 % av"),
    ],
)
def test_figures_past_a_limit_show_that_they_are(changed, told):
    plain = {"n_adopters": 100, "n_matched": 90, "worst": None, "placebo": QUIET}

    verdict, (why,) = judge(Evidence(**{**plain, **changed}))

    assert verdict == "indicative"
    assert told in why
