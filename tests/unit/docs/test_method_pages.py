"""Every page on a method says what it must, and its examples give what they say."""

import doctest
import inspect
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

PAGES = sorted((Path(__file__).parents[3] / "docs" / "methods").glob("*.md"))
#: Lists and figures, and no method.
NO_METHOD = {"statistics.md", "README.md"}
SAID = [page for page in PAGES if page.name not in NO_METHOD]
#: How a heading, or the bold words a paragraph begins with, must begin somewhere on a page.
LEADS = ("formel", "enhet", "kilde", "eksempel", "avvis")
#: The calculation modules: pure functions, without a screen.
PACKAGES = ("targets", "benefits", "effects", "simulation")


@pytest.mark.parametrize("path", SAID, ids=lambda path: path.stem)
def test_its_examples_give_what_they_say(path):
    found = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
    assert found.attempted, f"{path.name} har ikke noe eksempel"
    assert not found.failed


@pytest.mark.parametrize("path", SAID, ids=lambda path: path.stem)
def test_it_says_what_a_reader_must_know(path):
    text = path.read_text(encoding="utf-8")
    leads = re.findall(r"^(?:#+ |\*\*)(\w+)", text, flags=re.MULTILINE)
    lacking = [word for word in LEADS if not any(lead.lower().startswith(word) for lead in leads)]
    assert not lacking, f"{path.name} mangler {', '.join(lacking)}"


def public_functions():
    """Module and name of every function that the calculation modules offer."""
    for package in PACKAGES:
        module = import_module(f"vft.{package}")
        for found in walk_packages(module.__path__, f"vft.{package}."):
            loaded = import_module(found.name)
            for name, what in inspect.getmembers(loaded, callable):
                # one that remembers its answers is a function too, under its wrapping
                is_function = inspect.isfunction(inspect.unwrap(what))
                if is_function and what.__module__ == found.name and not name.startswith("_"):
                    yield found.name.removeprefix("vft."), name


def test_every_public_function_is_on_a_page():
    pages = "".join(page.read_text(encoding="utf-8") for page in SAID)
    found = [f"{module}.{name}" for module, name in public_functions()]
    assert len(found) > 100
    assert not [name for name in found if f"`{name}`" not in pages]


def test_no_page_names_what_is_not_there():
    pages = "".join(page.read_text(encoding="utf-8") for page in SAID)
    named = re.findall(rf"`((?:{'|'.join(PACKAGES)})\.\w+)\.(\w+)`", pages)
    assert named
    assert not [one for one in named if not hasattr(import_module(f"vft.{one[0]}"), one[1])]
