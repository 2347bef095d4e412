"""A JSON or TOML file as a model: what is wrong, where, and all of it at once."""

import pytest

from vft.benefits.model_file import ModelFile
from vft.benefits.unit_price import Strict
from vft.errors import VftError


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
