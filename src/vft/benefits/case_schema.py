"""The JSON Schema of a case, and of what it comes to."""

from typing import Any

from pydantic.json_schema import models_json_schema

from vft.benefits.case import Case
from vft.benefits.result import CaseResult


def case_schema() -> dict[str, Any]:
    """The schema of a case; under ``$defs`` also ``CaseResult``, what evaluating it gives."""
    _, together = models_json_schema(
        [(Case, "validation"), (CaseResult, "serialization")], ref_template="#/$defs/{model}"
    )
    definitions: dict[str, Any] = together["$defs"]
    case = definitions.pop("Case")
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **case, "$defs": definitions}
