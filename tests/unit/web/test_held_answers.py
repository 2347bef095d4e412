"""An answer is worked out once, also where several ask for it at once."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from vft.web.book import Held


def test_those_who_ask_meanwhile_wait_for_the_one_who_works():
    held, worked = Held(10), []

    def work():
        worked.append(1)
        time.sleep(0.2)
        return "answer"

    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda _n: held.once("key", work), range(8)))
    assert answers == ["answer"] * 8
    assert len(worked) == 1


def test_a_failure_is_told_and_not_held():
    held = Held(10)

    def fails():
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        held.once("key", fails)
    assert held.once("key", lambda: "later") == "later"


def test_the_one_asked_for_longest_ago_is_let_go():
    held, worked = Held(2), []

    def ask(key):
        held.once(key, lambda: worked.append(key))

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
    assert worked == ["a", "b", "c", "b"]
