"""What readers ask for under load: every kind of page, in the shares that are said."""

import random
from collections import Counter
from itertools import islice

from bench.load import mix

LISTS = mix.Lists(
    indicators=("concurrent_users", "flows", "coverage"),
    districts=("030101", "030102"),
    months=("2024-01", "2024-02", "2024-03"),
    files=("/static/web/vft.css",),
)


def test_every_kind_of_the_mix_is_asked_for_and_no_other():
    assert {one.kind for one in mix.requests(LISTS, pages=5)} == set(mix.SHARES)
    assert sum(mix.SHARES.values()) == 100


def test_so_many_different_pages_of_skalering_are_opened_each_also_in_part():
    found = mix.requests(LISTS, pages=5)
    whole = [one.address for one in found if one.kind == "Skalering"]
    parts = [one.address for one in found if one.in_part]
    assert len(set(whole)) == 5
    assert whole == parts


def test_the_same_lists_give_the_same_requests():
    assert mix.requests(LISTS, pages=5) == mix.requests(LISTS, pages=5)
    assert mix.requests(LISTS, pages=5) != mix.requests(LISTS, pages=5, seed=2)


def test_the_api_is_asked_for_the_newest_month_but_one_which_is_complete():
    asked = [one for one in mix.requests(LISTS, pages=1) if one.kind.startswith("API")]
    assert len(asked) == 6
    assert all("first_month=2024-02&last_month=2024-02" in one.address for one in asked)
    assert {one.again for one in asked} == {True, False}


def test_kinds_come_in_their_shares():
    asked = mix.requests(LISTS, pages=3)
    drawn = Counter(one.kind for one in islice(mix.chosen(asked, random.Random(1)), 20_000))
    for kind, share in mix.SHARES.items():
        assert abs(drawn[kind] / 200 - share) < 1.5, kind
