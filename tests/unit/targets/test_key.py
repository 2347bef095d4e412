"""Reading a distribution key: every fault of it is told at once."""

import pytest

from vft.errors import FileRefused
from vft.targets import key


def file(tmp_path, text, *, encoding="utf-8"):
    path = tmp_path / "nøkkel.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_shares_are_exact_with_point_or_comma(tmp_path):
    point = key.read(file(tmp_path, "unit,share\nA,6.449\nB,93.551\n"))
    comma = key.read(file(tmp_path, "Bydel;Andel\nA;6,449\nB;93,551\n", encoding="windows-1252"))
    assert {unit: value.exact for unit, value in point.items()} == {
        unit: value.exact for unit, value in comma.items()
    }
    assert sum(value.exact for value in point.values()) == 100


def test_every_fault_of_a_key_is_told_at_once(tmp_path):
    path = file(tmp_path, "unit,share\nA,10\nB,-3\nA,20\n,5\nC,mye\n")
    with pytest.raises(FileRefused) as refusal:
        key.read(path)
    for said in (
        "rad 2: enheten «A» står 2 ganger",
        "rad 3, kolonnen «share»: «-3» er negativt",
        "rad 4: enheten «A» står 2 ganger",
        "rad 5: enheten er ikke oppgitt",
        "rad 6, kolonnen «share»: «mye» er ikke et tall",
    ):
        assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("A,\nB,101", "rad 2, kolonnen «share»: andelen mangler; skriv andelen, eller 0"),
        ("A,skjult\nB,1", "rad 2, kolonnen «share»: andelen er skjult"),
        ("A,ikke dokumentert\nB,1", "rad 2, kolonnen «share»: andelen er ikke dokumentert"),
        ("A,\nB,101", "rad 3, kolonnen «share»: «101» er mer enn 100 prosent"),
        ("A,0\nB,0", "ingen enhet har en andel over 0"),
        ("", "ingen rader"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused(tmp_path, rows, said):
    with pytest.raises(FileRefused, match=said):
        key.read(file(tmp_path, f"unit,share\n{rows}\n"))


def test_one_unit_may_have_everything(tmp_path):
    assert key.read(file(tmp_path, "unit,share\nA,100\nB,0\n"))["A"].exact == 100
