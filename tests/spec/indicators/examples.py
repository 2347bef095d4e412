"""The specs' visible rows, for the catalogue: ``make catalogue`` writes them into the package.

A spec's ``CASES`` is what its indicator's page shows: one line a case, in bokmål, since it is read
on screen.
"""

import ast
import json
from pathlib import Path

HERE = Path(__file__).parent
FILE = HERE.parents[2] / "src" / "vft" / "indicators" / "examples.json"


def found():
    """Indicator → its spec's visible cases, as they are written."""
    specs = sorted(HERE.glob("test_*.py"))
    told = {spec.stem.removeprefix("test_"): _cases(spec) for spec in specs}
    return {indicator: cases for indicator, cases in told.items() if cases}


def _cases(spec):
    for line in ast.parse(spec.read_text(encoding="utf-8")).body:
        if isinstance(line, ast.Assign) and line.targets[0].id == "CASES":
            return ast.literal_eval(line.value).strip("\n") if _is_text(line.value) else ""
    return ""


def _is_text(value):
    return isinstance(value, ast.Constant)


def written():
    """The package's file, as it should be."""
    return json.dumps(found(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
