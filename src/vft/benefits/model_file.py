"""What a person wrote in a JSON or TOML file, as a model; every fault is told, with its place.

Faults are in bokmål, and all of a file's come at once.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from vft.errors import VftError
from vft.sources import toml

_SAID: dict[str, str] = {
    "missing": "mangler",
    "float_type": "må være et tall med punktum som desimaltegn, uten anførselstegn",
    "int_type": "må være et helt tall, uten anførselstegn",
    "int_from_float": "må være et helt tall",
    "finite_number": "må være et endelig tall",
    "string_type": "må være tekst",
    "string_too_short": "kan ikke være tom",
    "bool_type": "må være true eller false",
    "model_type": "må være et objekt",
    "dict_type": "må være et objekt med navn",
    "tuple_type": "må være en liste",
    "too_short": "har for få i listen",
    "too_long": "har for mange i listen",
    "date_type": "må være en dato, for eksempel 2021-01-01",
    "date_parsing": "må være en dato, for eksempel 2021-01-01",
    "date_from_datetime_parsing": "må være en dato, for eksempel 2021-01-01",
    "date_from_datetime_inexact": "må være en dato uten klokkeslett",
}
_LIMITS: dict[str, str] = {"gt": "større enn", "ge": "minst", "lt": "mindre enn", "le": "høyst"}
#: What Pydantic adds to a place for each type that a name or a number may be.
_EITHER = ("str", "float")
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class ModelFile(Generic[_Model]):
    """A kind of file. ``named`` and ``noun``: «Saken», «sak»; ``schema``: the command for it."""

    model: type[_Model]
    named: str
    noun: str
    schema: str

    def read(self, path: Path) -> _Model:
        """The model in a file; ``.toml`` is TOML, anything else JSON.

        Raises:
            VftError: the file cannot be read, or does not fit; every fault is listed.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            why = (
                "den finnes ikke" if isinstance(error, FileNotFoundError) else "den kan ikke leses"
            )
            raise VftError(f"Filen {path.name} kan ikke åpnes: {why}.") from error
        except UnicodeDecodeError as error:
            raise VftError(
                f"Filen {path.name} er ikke lagret som UTF-8. Lagre den på nytt."
            ) from error
        return self.parse(text, name=path.name)

    def parse(self, text: str, *, name: str) -> _Model:
        """The model in a text; a ``name`` that ends with ``.toml`` makes it TOML.

        Raises:
            VftError: as :meth:`read`.
        """
        told = self._loaded(text, name)
        try:
            return self.model.model_validate(told)
        except ValidationError as error:
            faults = "\n".join(f"– {fault}" for fault in dict.fromkeys(self._faults(error)))
            raise VftError(
                f"{self.named} i {name} kan ikke regnes ut:\n{faults}\nAlle felter: {self.schema}."
            ) from error

    def _loaded(self, text: str, name: str) -> Mapping[str, Any]:
        try:
            told = (
                toml.loads(text)
                if name.endswith(".toml")
                else json.loads(text, object_pairs_hook=_once)
            )
        except json.JSONDecodeError as error:
            raise VftError(
                f"Filen {name} er ikke gyldig JSON: linje {error.lineno}, tegn {error.colno}. Se "
                "etter komma, anførselstegn eller klammer som mangler eller er for mange."
            ) from error
        except toml.TomlFault as error:
            raise VftError(f"Filen {name} er ikke gyldig TOML: {error}.") from error
        except RecursionError as error:
            raise VftError(
                f"Filen {name} er ingen {self.noun}: den har for mange klammer."
            ) from error
        except ValueError as error:  # a number of thousands of digits
            raise VftError(
                f"Filen {name} er ingen {self.noun}: den har et tall som er for langt."
            ) from error
        if not isinstance(told, Mapping):
            raise VftError(f"Filen {name} er ingen {self.noun}: den må være ett objekt, {{ … }}.")
        return told

    def _faults(self, error: ValidationError) -> Iterator[str]:
        for found in error.errors():
            if found["loc"] and found["loc"][-1] in _EITHER:
                place = _place(found["loc"][:-1])
                yield f"{place}må være navnet på en nøkkel, et tall, eller null."
            else:
                said = self._said(found)
                yield f"{_place(found['loc'])}{said}{'' if said.endswith('?') else '.'}"

    def _said(self, found: Any) -> str:
        kind, told = found["type"], found.get("ctx", {})
        if kind == "extra_forbidden":
            return self._unknown(found["loc"])
        if kind == "missing" and _may_be_null(self.model, found["loc"]):
            return "mangler; skriv null når det ikke er dokumentert"
        if kind == "literal_error":
            return f"må være {told['expected'].replace(' or ', ' eller ')}"
        if kind == "value_error":
            return str(told["error"])
        for limit, words in _LIMITS.items():
            if limit in told:
                return f"må være {words} {told[limit]:g}"
        return _SAID.get(kind, "verdien er ikke lov her")

    def _unknown(self, loc: tuple[int | str, ...]) -> str:
        """The field is not known; the nearest that is, or all of them."""
        fields = list(
            dict.fromkeys(f for one in _models_at(self.model, loc[:-1]) for f in one.model_fields)
        )
        near = get_close_matches(str(loc[-1]), fields, n=1)
        if near:
            return f"feltet finnes ikke; mente du {near[0]}?"
        return f"feltet finnes ikke; her kan det stå {', '.join(fields)}"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose names are given once: of two, one would be lost in silence."""
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise VftError(f"Samme felt står to ganger i samme objekt: {', '.join(twice)}.")
    return dict(pairs)


def _place(loc: tuple[int | str, ...]) -> str:
    """``lines[0].before.count: ``, counted as in the file's own list; nothing for the whole."""
    written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return f"{written.lstrip('.')}: " if written else ""


def _models_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[type[BaseModel]]:
    """The models that may stand at a place; places in lists and names are passed."""
    found = [model]
    for part in loc:
        inner = [one.model_fields[part] for one in found if part in one.model_fields]
        if inner:
            found = [m for field in inner for m in _models_in(field.annotation)] or found
    return found


def _may_be_null(model: type[BaseModel], loc: tuple[int | str, ...]) -> bool:
    """Whether a field can say that something is not documented."""
    fields = (one.model_fields.get(str(loc[-1])) for one in _models_at(model, loc[:-1]))
    return any(field is not None and _has_null(field.annotation) for field in fields)


def _has_null(annotation: Any) -> bool:
    return annotation is type(None) or any(_has_null(part) for part in get_args(annotation))


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models_in(part)]
