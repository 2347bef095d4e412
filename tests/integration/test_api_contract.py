"""The API keeps its contract, whatever is asked: no fault, and no answer that is not declared."""

import json
from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import assume, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from vft.access import actions, limits, scope, tokens
from vft.access.models import Role
from vft.access.tokens import Opening
from vft.web.api.urls import api

pytestmark = pytest.mark.usefixtures("home")
PATHS = sorted(api.get_openapi_schema(path_prefix="/api/v1/")["paths"])
EXAMPLES = 20
KNOWN = {
    "indicator": ["concurrent_users"],
    "measure": ["concurrent", "vedtak_only", "unique_in_month"],
    "slice": ["service:TA", "service:DT", "total:ALL"],
    "unit": ["0301", "030101", "030117", "hospital_sector:LDS"],
    "grouping": ["municipality", "district", "hospital_sector"],
    "number": [1, 2],
    "offset": [0, 1, 500],
}
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
)


@pytest.fixture
def one_connection(db):  # noqa: ARG001 - it is the database's
    """A server lets go of its connection after each answer; the test's own must stay."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def contract(one_connection):  # noqa: ARG001 - the application needs the database
    """The contract, with names that there are in the place of any text: else nothing is found."""
    told = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    for path in told["paths"].values():
        for parameter in path["get"]["parameters"]:
            names = KNOWN.get(parameter["name"])
            if names and "items" in parameter["schema"]:
                parameter["schema"]["items"] = {"enum": names}
            elif names:
                parameter["schema"] = {"enum": names}
    found = schemathesis.openapi.from_dict(told)
    found.app = get_wsgi_application()
    return found


@pytest.fixture
def key(db, monkeypatch):  # noqa: ARG001 - keys need the database
    many = limits.Limit(name="api", times=10**6, span=timedelta(minutes=1))
    monkeypatch.setattr(limits, "API", many)
    now = timezone.now()
    owner = actions.create_user(username="eier", password="x", given_name="x")
    actions.give_role(user=owner, role=Role.LEADER, unit="030101")
    opens = Opening(
        acts=frozenset({scope.FIGURES, scope.DELIVERIES}),
        units=frozenset(),
        expires_at=now + timedelta(days=1),
    )
    return tokens.make(owner=owner, name="program", opens=opens, now=now)[1]


def statuses(operation, key, mode):
    """What is answered, when each answer has been held against the contract."""
    found = set()

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def asks(case):
        # written unquoted by schemathesis, it would begin a query: another address than was meant
        assume("?" not in case.formatted_path)
        answer = case.call(headers={"Authorization": f"Bearer {key}"})
        found.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    asks()
    return found


@pytest.mark.parametrize("path", PATHS)
def test_what_may_be_asked_is_answered_as_declared(path, contract, key):
    found = statuses(contract[path]["GET"], key, GenerationMode.POSITIVE)
    assert 200 in found
    assert found <= {200, 422}  # filters may fit nothing together


@pytest.mark.parametrize("path", PATHS)
def test_what_may_not_be_asked_is_refused_as_declared(path, contract, key):
    assert statuses(contract[path]["GET"], key, GenerationMode.NEGATIVE) & {404, 422}
