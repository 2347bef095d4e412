import pytest

from vft.errors import FileRefused
from vft.sources import read

ROWS = [
    # Oppdrag; Fødselsnr; Type; Planlagt; Start; Min; Km
    ("1001", "01814912120", "MED", "J", "15.01.2024 08:00:00", "12", "1,5"),
    ("1002", "02815012200", "SYK", "N", "15.01.2024 09:00:00", "30", "0,5"),
    ("1003", "01814912120", "MED", "J", "16.01.2024 08:00:00", "15", ""),
]
HEADER = ("Oppdrag", "Fødselsnr", "Type", "Planlagt", "Start", "Min", "Km")


def swapped(one, other):
    places = list(range(len(HEADER)))
    places[one], places[other] = other, one
    lines = [HEADER, *([row[p] for p in places] for row in ROWS)]
    return "\n".join(";".join(line) for line in lines)


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, 2), (1, 4), (4, 5), (2, 3), (0, 1), (0, 4)],
    ids=lambda place: HEADER[place],
)
def test_swapped_columns_are_named(write, visits, one, other):
    with pytest.raises(FileRefused) as caught:
        read.open_delivery(write(swapped(one, other)), visits())
    assert caught.value.kind == "swapped_columns"
    assert {f"«{HEADER[one]}»" in str(caught.value), f"«{HEADER[other]}»" in str(caught.value)} == {
        True
    }


def test_a_column_of_rubbish_is_not_called_swapped(write, visits):
    text = swapped(0, 0).replace("MED", "?").replace("SYK", "!")
    (batch,) = read.open_delivery(write(text), visits()).batches()
    assert batch.faults.num_rows == 3


def test_columns_in_another_order_are_no_swap(write, visits):
    text = "\n".join(";".join(reversed(row)) for row in [HEADER, *ROWS])
    (batch,) = read.open_delivery(write(text), visits()).batches()
    assert batch.tables["visits"].num_rows == 3
