import json
import re
from pathlib import Path

import jsonschema_rs
import pytest

from vft.benefits.case import Case
from vft.benefits.case_schema import case_schema
from vft.benefits.evaluation import evaluate
from vft.benefits.reading import parse

EXAMPLES = case_schema()["examples"]


def test_the_schema_is_valid_and_names_what_comes_out():
    assert jsonschema_rs.meta.is_valid(case_schema())
    assert "CaseResult" in case_schema()["$defs"]


@pytest.mark.parametrize("told", EXAMPLES, ids=lambda told: told["title"])
def test_every_example_is_of_the_schema_and_is_evaluated(told):
    schema = case_schema()
    jsonschema_rs.validate(schema, told)
    result = evaluate(parse(json.dumps(told), name="sak.json"))
    assert result.total.avoided.hours is not None
    written = json.loads(result.model_dump_json())
    result_schema = {"$ref": "#/$defs/CaseResult", "$defs": schema["$defs"]}
    jsonschema_rs.validate(result_schema, written)


def test_a_number_a_code_and_null_are_of_the_schema_too():
    line = {"kind": "items", "per": "week", "before": 2, "after": None}
    for price in ("home-care-hour-paid", 426, None):
        jsonschema_rs.validate(case_schema(), {"lines": [{**line, "price": price}]})
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate(case_schema(), {"lines": [{**line, "prize": 1}]})


def test_every_field_is_explained():
    models = [case_schema(), *case_schema()["$defs"].values()]
    inputs = {"Case", "Line", "Activity", "Cost", "RunningCost", "UnitPrice", "Redeployment"}
    unexplained = [
        (model.get("title"), name)
        for model in models
        for name, field in model.get("properties", {}).items()
        if model.get("title") in inputs and not field.get("description")
    ]
    assert unexplained == []
    assert Case.model_fields["recipients"].description


def test_every_case_on_the_docs_page_is_of_the_schema_and_is_evaluated():
    page = Path(__file__).parents[3] / "docs" / "methods" / "case.md"
    written = re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert written
    for told in written:
        jsonschema_rs.validate(case_schema(), json.loads(told))
        assert evaluate(parse(told, name="case.md")).total.avoided.hours > 0
