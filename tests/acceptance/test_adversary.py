"""An adversary with all that a reader may see learns no hidden count, whatever the municipality.

What learning is, docs/adr/0013 says. She knows nothing of how it was decided what to hide; the
municipalities are random, of persons that are counted one by one.
"""

import numpy as np
import pytest
from adversary import Adversary
from random_municipality import municipality

from vft.disclosure.homes import Homes
from vft.disclosure.indicator import Counts, hidden


def seen(city):
    """Nodes × units: what the reader is not shown of the newest month."""
    measures = tuple(f"measure {number}" for number in range(city.measures))
    counts = Counts(
        measures=measures,
        slices=tuple(city.slices),
        parts=city.slices,
        wholes=dict.fromkeys(measures[1:], measures[0]),
        figures=city.figures.reshape(len(measures), len(city.slices), *city.figures.shape[1:]),
    )
    lived = np.ones((len(city.living), city.people.shape[2]), bool)
    own = np.array([unit in city.own for unit in city.units])
    homes = Homes(member=city.member, lived=lived)
    found = hidden(counts, homes=homes, own=own, threshold=city.threshold)
    return found.reshape(city.figures.shape)[:, :, -1]


def small_only(city):
    """Nodes × units: hidden were no more hidden than small counts, and shares of nearly all."""
    alone = Adversary(city, np.zeros(city.figures.shape[:2], bool), month=-1)
    few = (alone.strangers > 0) & (alone.strangers < city.threshold)
    whole = np.resize(np.arange(len(city.slices)), len(few))
    rest = alone.strangers[whole] - alone.strangers
    return few | ((rest > 0) & (rest < city.threshold) & (alone.strangers > 0))


def learnt(city, hides):
    """What the adversary learns, but of slices that overlap others: those are never shown."""
    held = list(city.slices.values())
    crossing = [n for n, one in enumerate(held) if any(_crosses(one, o) for o in held[:n])]
    found = Adversary(city, hides, month=-1).finds(hides)
    return [f for f in found if f[0] % len(city.slices) not in crossing]


def _crosses(held, other):
    return bool(held & other) and not held <= other and not other <= held


def cities(seeds, **how):
    return ((seed, municipality(np.random.default_rng(seed), **how)) for seed in seeds)


@pytest.fixture(scope="module")
def sixty():
    return [(city, seen(city)) for _seed, city in cities(range(60))]


def test_nothing_is_learnt_of_sixty_municipalities(sixty):
    assert [
        (n, told) for n, (city, hides) in enumerate(sixty) if (told := learnt(city, hides))
    ] == []


def test_were_only_small_counts_hidden_much_would_be_learnt(sixty):
    found = [learnt(city, small_only(city)) for city, _hides in sixty[:20]]
    of_municipalities, of_counts = sum(map(bool, found)), sum(map(len, found))
    assert (of_municipalities, of_counts) == (12, 131)


def test_what_is_hidden_is_not_everything(sixty):
    """Of what is large, most is shown, in municipalities as small as these too."""
    large = [city.figures[:, :, -1] >= city.threshold for city, _hides in sixty]
    of_large = sum((hides & big).sum() for (_city, hides), big in zip(sixty, large, strict=True))
    assert of_large / sum(big.sum() for big in large) < 0.35


def test_nothing_is_learnt_where_nobody_can_tell_how_many_live_in_each_home():
    assert {
        seed: found
        for seed, city in cities(range(60), crossed=True)
        if (found := learnt(city, seen(city)))
    } == {}


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 2000, 100))
def test_nothing_is_learnt_of_a_thousand_municipalities(first):
    told = {
        seed: found
        for seed, city in cities(range(first, first + 100), months=2)
        if (found := learnt(city, seen(city)))
    }
    assert told == {}
