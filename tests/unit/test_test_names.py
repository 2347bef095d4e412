"""What one module of tests must be to the others."""

from collections import Counter
from pathlib import Path


def test_every_module_of_tests_has_a_name_of_its_own():
    # two of one name are one to the import system, and which of them runs depends on who is first
    names = Counter(path.name for path in Path(__file__).parents[1].rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []
