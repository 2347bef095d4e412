"""Who writes a mapping finds every table, column and code explained in bokmål."""

import pytest
from visible import rows

from vft import tables
from vft.sources import explained


def test_every_table_is_explained():
    assert set(explained.TABLES) == set(tables.ALL)


def test_every_code_has_a_norwegian_name():
    english = {
        (contract.name, column.name, code)
        for contract in tables.ALL.values()
        for column in contract.columns
        for code in column.codes
        if explained.name_of(column, code) == code
    }
    assert english == {("incidents", "kind", "fall"), ("device_downtimes", "reason", "pause")}


EXPLAINED = """
    column                     | kind                | meaning
    vedtak.status              | kode                | Status. En av: granted = innvilget, refused = avslått, withdrawn = trukket.
    vedtak.unit                | kode                | Ansvarlig enhet. Må stå som code i units.
    vedtak.ends_on             | dato                | Til dato. Siste dag, eller dagen etter: si hvilken med «ends». Tom når den fortsatt gjelder.
    visits.minutes             | helt tall, minutter | Utførte minutter. Minutter hos tjenestemottakeren, uten reise. Fra 0 til 1440.
    visits.travel_km           | desimaltall, km     | Reise (km). Fra 0 til 1000.
    unit_prices.per            | kode                | Per. En av: hour = time, visit = besøk, km = kilometer, day = døgn, month = måned, item = stykk.
    rental_contracts.monthly_price | desimaltall, kr | Månedspris (kr). Fra 0 og opp.
    responses.recipient_id     | fødselsnummer       | Tjenestemottaker.
"""  # noqa: E501 - a meaning is one line


@pytest.mark.parametrize("row", rows(EXPLAINED), ids=lambda row: row["column"])
def test_a_column_says_its_kind_unit_and_values(row):
    table, name = row["column"].split(".")
    contract = tables.ALL[table]
    column = contract.column[name]
    assert explained.kind_of(column) == row["kind"]
    assert explained.meaning_of(contract, column) == row["meaning"]
