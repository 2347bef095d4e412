"""Scenarios and response services as a municipality writes them."""

import json
from datetime import date

import pytest

from vft.simulation.model_files import RESPONSE_LOAD, SCENARIO

DATED = {"starts_on": "2024-01-01", "origin": "Budsjett 2024"}


def _of_json(value):
    return value.isoformat() if isinstance(value, date) else value


def _key(told):
    """A number is a constant key, three are a PERT; all are dated and sourced."""
    if isinstance(told, int | float):
        return {"value": told, **DATED}
    if isinstance(told, tuple):
        return dict(zip(("minimum", "mode", "maximum"), told, strict=True)) | DATED
    return DATED | told


@pytest.fixture(scope="session")
def scenario():
    """A scenario from its keys and fields, read as from a file."""

    def told(keys, **fields):
        whole = {"keys": {name: _key(key) for name, key in keys.items()}, **fields}
        return SCENARIO.parse(json.dumps(whole, default=_of_json), name="scenario.json")

    return told


@pytest.fixture(scope="session")
def one_service(scenario):
    """One service: people × share users, hours each at a price, rent each, a fixed cost a year."""

    def told(keys, **fields):
        usual = {
            "people": 100,
            "share": 0.5,
            "hours": 80,
            "price": {"value": 400, "per": "hour", "hour_definition": "paid"},
            "rent": 20_000,
            "fixed": 100_000,
            "realised": 0.5,
        }
        service = {
            "service": "DMS",
            "population": "people",
            "uptake": "share",
            "benefits": [{"title": "Tid", "kind": "hours", "count": "hours", "price": "price"}],
            "costs": [{"title": "Leie", "amount": "rent", "applies_to": "each_user"}],
        }
        rest = {
            "realisation_rate": "realised",
            "services": [service],
            "costs": [{"title": "Drift", "amount": "fixed", "applies_to": "group"}],
        }
        return scenario(usual | keys, **(rest | fields))

    return told


@pytest.fixture(scope="session")
def response():
    """A response service: one centre with so many operators, alarms alike all day."""

    def told(*, operators=2, routes=None, **fields):
        centre = {
            "model": "municipal_centre",
            "team": {"staff": operators},
            "answer_minutes": 5,
            "clarified_share": 1,
        }
        usual = {
            "alarms_per_day": 288,
            "hourly_profile": [1] * 24,
            "call_out_minutes": 30,
            "home_service": {"staff": 5},
            "routes": [centre] if routes is None else routes,
            "service_level": {"within_seconds": 60},
            "days": 2,
            "replications": 4,
        }
        return RESPONSE_LOAD.parse(json.dumps(usual | fields), name="respons.json")

    return told
