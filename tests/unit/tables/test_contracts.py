"""The contracts keep what they promise about themselves."""

import pytest

from vft import tables
from vft.tables import services
from vft.tables.schema import Home, Kind


@pytest.mark.parametrize("table", tables.ALL.values(), ids=lambda t: t.name)
def test_keys_times_and_rules_name_columns_of_the_table(table):
    assert set(table.key) <= set(table.column)
    assert set(table.happened) <= set(table.column)
    assert {rule.column for rule in table.rules} <= set(table.column)
    assert all(table.column[c].kind is Kind.INSTANT for c in table.happened)


@pytest.mark.parametrize("table", tables.ALL.values(), ids=lambda t: t.name)
def test_a_key_is_always_there(table):
    assert all(table.column[name].required for name in table.key)


@pytest.mark.parametrize("table", tables.ALL.values(), ids=lambda t: t.name)
def test_references_point_at_contracts(table):
    for column in table.columns:
        if column.refers_to not in ("", "services"):
            other, name = column.refers_to.split(".")
            assert name in tables.ALL[other].column


def test_the_module_of_a_contract_has_its_name():
    from importlib import import_module

    for name in tables.ALL:
        assert import_module(f"vft.tables.{name}").TABLE.name == name


def test_names_of_persons_never_have_a_home_in_the_lake():
    named = {t.name for t in tables.ALL.values() if {"given_name", "family_name"} & set(t.column)}
    assert named == {"identities"}
    assert tables.ALL["identities"].home is Home.APPLICATION


def test_a_person_is_a_pseudonym_in_the_lake_and_a_code_is_never_a_number():
    schema = tables.ALL["vedtak"].lake_schema()
    assert str(schema.field("recipient_id").type) == "int64"
    assert str(schema.field("service").type) == "string"


def test_only_events_are_placed_in_a_month():
    assert "month" in tables.ALL["visits"].lake_schema().names
    assert "month" not in tables.ALL["vedtak"].lake_schema().names


def test_five_technologies_are_counted_in_the_order_of_the_field():
    assert list(services.TECHNOLOGY) == ["TA", "GPS", "DMS", "DT", "DHO"]
