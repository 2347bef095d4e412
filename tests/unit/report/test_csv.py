import pytest
from figures_sample import FORMULAS, SMALL, in_csv, named
from visible import rows

from vft.report import csv

#: As a Norwegian spreadsheet shows it.
SHOWN = """
    Enhet (kode) | Enhet      | Måned   | Siste dag i måneden | Samtidige brukere (personer) | Dekning (%)             | Komplett: Samtidige brukere (personer) | Komplett: Dekning (%)
    030101       | Gamle Oslo | 2024-11 | 30.11.2024          | 6000                         | 12,5                    | ja                                     | ja
    030101       | Gamle Oslo | 2024-12 | 31.12.2024          | 3000                         | 0                       | nei                                    | ja
    030117       | Marka      | 2024-11 | 30.11.2024          | skjult                       | lar seg ikke regne ut   | ja                                     | ja
    030117       | Marka      | 2024-12 | 31.12.2024          | mangler                      | ikke dokumentert        | ja                                     | ja
"""  # noqa: E501 - the table as it is


def test_a_line_for_each_unit_and_month():
    heading, *lines = in_csv(csv.write(SMALL))
    assert [dict(zip(heading, line, strict=True)) for line in lines] == rows(SHOWN)


def test_it_opens_in_a_norwegian_spreadsheet():
    content = csv.write(SMALL)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 5


@pytest.mark.parametrize("begins", [f for f in FORMULAS if f != "<r>"])
def test_no_name_is_taken_for_a_formula(begins):
    name = f'{begins}HYPERLINK("x";"y")'
    line = in_csv(csv.write(named(name)))[1]
    assert line[0] == f"'{name}"
    assert line[4] == "6000"


def test_a_name_that_is_no_formula_stands_as_it_is():
    name = 'a;b "c" = d'
    assert in_csv(csv.write(named(name)))[1][0] == name
