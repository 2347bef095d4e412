import pytest

from vft.benefits.clarification_rate import clarification_rate
from vft.errors import VftError

# received, forwarded → share
RATES = [(274, 114, 160 / 274), (10, 10, 0), (10, 0, 1), (0, 0, None), (None, 3, None)]


@pytest.mark.parametrize(("received", "forwarded", "share"), RATES)
def test_what_is_not_forwarded_is_clarified(received, forwarded, share):
    found = clarification_rate(received=received, forwarded=forwarded)
    assert found == (None if share is None else pytest.approx(share))


@pytest.mark.parametrize(("received", "forwarded"), [(10, 11), (-1, 0), (1, -1)])
def test_counts_that_cannot_be_are_refused(received, forwarded):
    with pytest.raises(VftError, match="alarmer"):
        clarification_rate(received=received, forwarded=forwarded)
