"""The JSON Schema of a case, and of what it comes to, with whole cases as examples."""

import json
from importlib.resources import files
from typing import Any

from pydantic.json_schema import models_json_schema

from vft.benefits.case import Case
from vft.benefits.result import CaseResult

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def case_schema() -> dict[str, Any]:
    """The schema of a case; under ``$defs`` also ``CaseResult``, what evaluating it gives."""
    _, together = models_json_schema(
        [(Case, "validation"), (CaseResult, "serialization")], ref_template="#/$defs/{model}"
    )
    definitions: dict[str, Any] = together["$defs"]
    case = definitions.pop("Case")
    return {"$schema": _DIALECT, **case, "examples": examples(), "$defs": definitions}


def examples() -> list[dict[str, Any]]:
    """Whole cases that can be evaluated as they stand (``data/case_examples.json``)."""
    text = (files("vft.benefits") / "data" / "case_examples.json").read_text(encoding="utf-8")
    told: list[dict[str, Any]] = json.loads(text)
    return told
