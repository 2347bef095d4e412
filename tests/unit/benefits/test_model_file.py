"""A JSON or TOML file as a model: what is wrong, where, and all of it at once."""

import json

import pytest
from pydantic import Field

from vft.benefits.model_file import ModelFile
from vft.benefits.unit_price import Strict
from vft.errors import FileRefused, VftError


class Part(Strict):
    weight: float | None
    owner: str = ""


class Whole(Strict):
    parts: dict[str, Part]
    amount: str | float = 0.0


FILE = ModelFile(model=Whole, named="Prøven", noun="prøve", schema="vft prøve schema")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[parts.a]\nweigth = 1", "parts.a.weigth: feltet finnes ikke; mente du weight?"),
        ("[parts.a]", "parts.a.weight: mangler; skriv null når det ikke er dokumentert"),
        ("amount = true\n[parts]", "amount: må være navnet på en nøkkel, et tall, eller null"),
        ("amount = 1", "parts: mangler."),
        ("parts = 1", "parts: må være et objekt med navn"),
        ("parts = {", "ikke gyldig TOML: slutten av filen, linje 1: her må det stå et navn"),
    ],
)
def test_it_says_what_is_wrong_and_where(text, told):
    with pytest.raises(VftError) as refused:
        FILE.parse(text, name="prøve.toml")
    assert told in str(refused.value)


def test_every_fault_is_told_once():
    text = "amount = true\n[parts.a]\nweight = 'tung'\n[parts.b]\nweight = nan"
    with pytest.raises(VftError) as refused:
        FILE.parse(text, name="prøve.toml")
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()[1:-1]] == [
        "– parts.a.weight",
        "– parts.b.weight",
        "– amount",
    ]


def test_a_sound_file_is_read(tmp_path):
    path = tmp_path / "prøve.toml"
    path.write_text("[parts.a]\nweight = 2", encoding="utf-8")
    assert FILE.read(path).parts["a"].weight == 2


class Ordered(Strict):
    least: float
    most: float

    def misfits(self):
        if self.least > self.most:
            yield "most er under least"


class Several(Strict):
    parts: tuple[Ordered, ...] = Field(strict=False)
    named: dict[str, Ordered] | None = None

    def misfits(self):
        if len(self.parts) > 1:
            yield "bare én del"


MANY = ModelFile(
    model=Several,
    named="Prøven",
    noun="prøve",
    schema="vft prøve schema",
    sound=lambda told: ["for lite"] if any(part.most < 1 for part in told.parts) else [],
)
BAD = {"least": 2, "most": 0}


def faults(**told):
    """The sentences of a refusal, or nothing."""
    try:
        MANY.parse(json.dumps(told), name="prøve.json")
    except FileRefused as refused:
        return [line.removeprefix("– ") for line in str(refused).splitlines()[1:-1]]
    return []


NUMBER = "må være et tall med punktum som desimaltegn, uten anførselstegn"
# what is told → every fault of it
TOLD = [
    ({"parts": [{"least": 0, "most": 1}]}, []),
    ({"parts": [{"least": 0, "most": 0.5}]}, ["for lite."]),
    ({"parts": [BAD]}, ["parts[0]: most er under least.", "for lite."]),
    (
        {"parts": [BAD, {"least": 0, "most": 1, "moost": 3}], "named": {"a": BAD}},
        [
            "parts[1].moost: feltet finnes ikke; mente du most?",
            "parts[0]: most er under least.",
            "named.a: most er under least.",
            "bare én del.",
            "for lite.",
        ],
    ),
    # what is no number cannot be held against another
    (
        {"parts": [{"least": "to", "most": 0}, BAD]},
        [
            f'parts[0].least: {NUMBER}, ikke "to".',
            "parts[1]: most er under least.",
        ],
    ),
]


@pytest.mark.parametrize(("told", "found"), TOLD)
def test_all_that_is_wrong_is_told_in_one_go(told, found):
    assert sorted(faults(**told)) == sorted(found)


def test_ten_faults_are_told_and_how_many_more_there_are():
    told = faults(parts=[BAD] * 13)
    assert len(told) == 11
    # thirteen parts, that they are more than one, and that they are too small
    assert told[-1] == "og 5 til."
    assert len(faults(parts=[BAD] * 8)) == 10


def test_a_long_value_is_shortened():
    (told,) = faults(parts=[{"least": "x" * 500, "most": 1}])
    assert len(told) < 150
    assert told.endswith("…."), told
