"""Cases as a municipality tells them, and what they come to."""

import json
from datetime import date

import pytest

from vft.benefits.evaluation import evaluate
from vft.benefits.reading import parse


def _of_json(value):
    return value.isoformat() if isinstance(value, date) else value


@pytest.fixture(scope="session")
def case():
    """A case from its fields, read as from a file."""

    def told(**fields):
        return parse(json.dumps(fields, default=_of_json), name="sak.json")

    return told


@pytest.fixture(scope="session")
def evaluated(case):
    """What a case comes to, from its fields."""

    def result(**fields):
        return evaluate(case(**fields))

    return result


@pytest.fixture(scope="session")
def hour():
    """A price per paid hour that lacks nothing; fields may be given otherwise, or as None."""

    def price(value=400, **fields):
        return {
            "value": value,
            "per": "hour",
            "hour_definition": "paid",
            "price_year": 2021,
            "starts_on": "2021-01-01",
            "origin": "Budsjett 2021",
            "owner": "Økonomi",
            **fields,
        }

    return price


@pytest.fixture(scope="session")
def price(hour):
    """A price of anything else that lacks nothing."""

    def told(value, per, **fields):
        return hour(value, per=per, **{"hour_definition": None, **fields})

    return told


@pytest.fixture(scope="session")
def codes():
    """The codes of a result's warnings."""

    def found(result):
        return [warned.code for warned in result.warnings]

    return found
