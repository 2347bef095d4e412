"""The specs' rows as a reader of the catalogue meets them."""

import pytest

from vft.indicators.catalogue import all_indicators
from vft.web.rooms.indicators.definition import Definition


def of(indicator):
    return Definition(all_indicators()[indicator].described()).examples


CELLS = """
indicator        | heading                      | as it is shown
coverage_80      | Måned                        | november 2024
coverage_80      | Dekning 80 år og eldre       | 12,5
coverage_80      | Dekning 80 år og eldre       | mangler
equal_offer      | Tjeneste                     | Trygghetsalarm
equal_offer      | Forhold til forventet        | lar seg ikke regne ut
alerts_per_shift | Mottatt                      | 05.09.2024 kl. 07.00
alerts_per_shift | Utfall                       | avklart
considered       | Telles som                   | Takket nei
need_groups      | Telles som                   | Telles ikke
response_time    | Ventetid i sekunder          | 30, ubesvart
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in CELLS.strip().splitlines()[1:]]


@pytest.mark.parametrize(("indicator", "heading", "shown"), ROWS)
def test_a_cell_is_told_in_bokmaal(indicator, heading, shown):
    found = of(indicator)
    assert shown in [row[found.headings.index(heading)] for row in found.rows]


def test_where_a_case_lives_is_not_shown():
    assert not {"district", "unit"} & {h for i in all_indicators() for h in of(i).headings}


def test_the_codes_of_an_older_publication_are_not_shown():
    older = {"examples": "district | case | outcome\n01 | Innvilget | granted", "measures": []}
    assert Definition(older).examples is None
