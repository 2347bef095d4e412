"""GLOSSARY.md and the code say the same words."""

import ast
import re
from pathlib import Path

import pytest

from vft import tables
from vft.tables import services

ROOT = Path(__file__).parents[2]
#: The tables that explain words, in the order of the page.
WORDS = (
    "Words of the field",
    "Words of benefits and effects",
    "Words of targets and simulation",
)
SOURCES = sorted((ROOT / "src" / "vft").rglob("*.py"))


def section(title: str) -> list[list[str]]:
    """The rows of the table under a heading, its header and rule left out."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    body = text.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("| ").split("|") for line in body.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def identifiers(path: Path) -> set[str]:
    """Every name that a module gives: functions, classes, arguments and variables."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def words(identifier: str) -> set[str]:
    """``considered_technology`` and ``ConsideredTechnology`` are the same two words."""
    return {w.lower() for w in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)}


def test_every_contract_stands_in_the_glossary_with_its_title():
    assert section("Tables") == [[t.name, t.title] for t in tables.ALL.values()]


def test_every_service_stands_in_the_glossary_with_its_name():
    assert section("Services") == [[s.code, s.name] for s in services.ALL.values()]


def test_a_term_is_explained_once():
    rows = [row for title in WORDS for row in section(title)]
    terms = [row[0] for row in rows]
    assert [term for term in terms if terms.count(term) > 1] == []
    assert [row for row in rows if len(row) != 3 or not all(row)] == []


def test_every_table_of_words_is_read():
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (Words of .+)$", text, re.MULTILINE) == list(WORDS)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT / "src")))
def test_no_name_uses_a_word_that_has_a_better_one(path):
    refused = {row[0] for row in section("Not these")}
    used = {name: words(name) & refused for name in identifiers(path)}
    assert {name: found for name, found in used.items() if found} == {}
    assert all(name.isascii() for name in used)


def test_the_scan_would_see_a_refused_word(tmp_path):
    (tmp_path / "m.py").write_text("def list_bydel(patientId): antall = 1\n", encoding="utf-8")
    found = set().union(*(words(name) for name in identifiers(tmp_path / "m.py")))
    assert {"bydel", "patient"} <= found
