import pytest

from vft.tables import norwegian


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 filer"), (1, "1 fil"), (2, "2 filer"), (1234, "1\N{NO-BREAK SPACE}234 filer")],
)
def test_what_is_counted(count, said):
    assert norwegian.counted(count, "fil", "filer") == said
