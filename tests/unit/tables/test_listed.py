import pytest

from vft.tables import norwegian


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")],
)
def test_words_are_listed(words, said):
    assert norwegian.listed(words) == said
    assert norwegian.listed(words, "eller") == said.replace(" og ", " eller ")
