"""What a person wrote in a JSON or TOML file, as a model; every fault is told, with its place.

Faults are in bokmål, and all of a file's come at once.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from vft.benefits.unit_price import PARTS_ALONE, Strict
from vft.errors import FileRefused
from vft.sources import toml
from vft.tables.norwegian import listed, plain

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
    "date_type": "må være en dato, for eksempel 2021-01-01",
    "date_parsing": "må være en dato, for eksempel 2021-01-01",
    "date_from_datetime_parsing": "må være en dato, for eksempel 2021-01-01",
    "date_from_datetime_inexact": "må være en dato uten klokkeslett",
}
#: Faults whose sentences say all there is to say of the value.
_WHOLE = {"extra_forbidden", "missing", "value_error", "too_short", "too_long"}
_LIMITS: dict[str, str] = {"gt": "større enn", "ge": "minst", "lt": "mindre enn", "le": "høyst"}
#: What Pydantic adds to a place for each type that a name or a number may be.
_EITHER = ("str", "float")
#: Fields that only the files of one command have.
_OF_COMMAND: dict[str, frozenset[str]] = {
    "vft case evaluate": frozenset({"lines", "running_costs", "start_up_costs"}),
    "vft simulate run": frozenset({"keys", "services", "overlaps"}),
    "vft simulate response-load": frozenset({"routes", "alarms_per_day", "home_service"}),
    "vft simulate workforce": frozenset({"years", "fte_today", "supply", "freed_hours"}),
}
#: Faults that are listed, and characters of a value that is wrong.
_MOST_TOLD = 10
_LONGEST = 40
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class ModelFile(Generic[_Model]):
    """A kind of file. ``named`` and ``noun``: «Saken», «sak»; ``schema``: the command for it.

    ``sound`` gives what is wrong with a model whose fields fit together.
    """

    model: type[_Model]
    named: str
    noun: str
    schema: str
    sound: Callable[[_Model], Iterable[str]] = lambda _: ()

    def read(self, path: Path) -> _Model:
        """The model in a file; ``.toml`` is TOML, anything else JSON.

        Raises:
            FileRefused: the file cannot be read, or does not fit; every fault is listed, ten at
                most.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            why = (
                "den finnes ikke. Se etter skrivefeil i stien"
                if isinstance(error, FileNotFoundError)
                else "den kan ikke leses"
            )
            raise FileRefused(
                f"Filen {path} kan ikke åpnes: {why}.", kind="unknown_file"
            ) from error
        except UnicodeDecodeError as error:
            raise FileRefused(
                f"Filen {path.name} er ikke lagret som UTF-8. Den må være tekst i UTF-8: JSON, "
                "eller TOML når navnet slutter på .toml.",
                kind="encoding",
            ) from error
        return self.parse(text, name=path.name)

    def parse(self, text: str, *, name: str) -> _Model:
        """The model in a text; a ``name`` that ends with ``.toml`` makes it TOML.

        Raises:
            FileRefused: as :meth:`read`.
        """
        told = self._loaded(text, name)
        self._require_own_kind(told, name)
        try:
            found = self.model.model_validate(told)
        except ValidationError as error:
            faults = self._all_faults(told, error)
        else:
            faults = list(self.sound(found))
            if not faults:
                return found
        raise self._refused(list(dict.fromkeys(faults)), name)

    def _require_own_kind(self, told: Mapping[str, Any], name: str) -> None:
        """Refuse a file of another command, which would be a list of all its fields."""
        if any(names & set(told) & set(self.model.model_fields) for names in _OF_COMMAND.values()):
            return
        for command, names in _OF_COMMAND.items():
            if found := sorted(names & set(told)):
                raise _nonsense(
                    f"Filen {name} er ingen {self.noun}: {listed(found)} hører til {command}."
                )

    def _refused(self, faults: list[str], name: str) -> FileRefused:
        listed = [f"– {fault}{'' if fault.endswith('?') else '.'}" for fault in faults[:_MOST_TOLD]]
        if len(faults) > _MOST_TOLD:
            listed.append(f"– og {len(faults) - _MOST_TOLD} til.")
        told = "\n".join(listed)
        return FileRefused(
            f"{self.named} i {name} kan ikke regnes ut:\n{told}\nAlle felter: {self.schema}.",
            kind="nonsense",
        )

    def _all_faults(self, told: Mapping[str, Any], error: ValidationError) -> list[str]:
        """Every field that is wrong; and where all but names and fit are right, every misfit."""
        try:
            parts = self.model.model_validate(_known(told, error), context=PARTS_ALONE)
        except ValidationError:
            found = [self._fault(one) for one in error.errors() if one["type"] != "value_error"]
            return [*found, *self._misfits_within(told)]
        fields = [fault for fault in error.errors() if fault["type"] != "value_error"]
        return [*map(self._fault, fields), *_misfits(parts), *self.sound(parts)]

    def _misfits_within(self, told: Any, place: tuple[int | str, ...] = ()) -> Iterator[str]:
        """Misfits of each part whose own fields are right, also where others' are not."""
        if isinstance(told, Mapping):
            for model in _models_at(self.model, place):
                try:
                    part = model.model_validate(told, context=PARTS_ALONE)
                except ValidationError:
                    continue
                yield from _misfits(part, place)
                return
            inside: Iterable[tuple[int | str, Any]] = told.items()
        else:
            inside = enumerate(told) if isinstance(told, list) else ()
        for name, inner in inside:
            yield from self._misfits_within(inner, (*place, name))

    def _loaded(self, text: str, name: str) -> Mapping[str, Any]:
        try:
            told = (
                toml.loads(text)
                if name.endswith(".toml")
                else json.loads(text, object_pairs_hook=_once)
            )
        except json.JSONDecodeError as error:
            raise _nonsense(
                f"Filen {name} er ikke gyldig JSON: linje {error.lineno}, tegn {error.colno}. Se "
                "etter komma, anførselstegn eller klammer som mangler eller er for mange."
            ) from error
        except toml.TomlFault as error:
            raise _nonsense(f"Filen {name} er ikke gyldig TOML: {error}.") from error
        except RecursionError as error:
            raise _nonsense(
                f"Filen {name} er ingen {self.noun}: den har for mange klammer."
            ) from error
        except ValueError as error:  # a number of thousands of digits
            raise _nonsense(
                f"Filen {name} er ingen {self.noun}: den har et tall som er for langt."
            ) from error
        if not isinstance(told, Mapping):
            raise _nonsense(f"Filen {name} er ingen {self.noun}: den må være ett objekt, {{ … }}.")
        return told

    def _fault(self, found: Any) -> str:
        """What is wrong, after its place; with what stands there, as the file writes it."""
        place, said = found["loc"], self._said(found)
        if place and place[-1] in _EITHER:
            place, said = place[:-1], "må være navnet på en nøkkel, et tall, eller null"
        is_of_value = found["type"] not in _WHOLE
        return f"{_place(place)}{said}{_instead(found['input']) if is_of_value else ''}"

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
        return _of_limit(told) or _SAID.get(kind, "verdien er ikke lov her")

    def _unknown(self, loc: tuple[int | str, ...]) -> str:
        """The field is not known; the nearest that is, or all of them."""
        fields = list(
            dict.fromkeys(f for one in _models_at(self.model, loc[:-1]) for f in one.model_fields)
        )
        near = get_close_matches(str(loc[-1]), fields, n=1)
        if near:
            return f"feltet finnes ikke; mente du {near[0]}?"
        return f"feltet finnes ikke; her kan det stå {', '.join(fields)}"


def _of_limit(told: Mapping[str, Any]) -> str | None:
    """What a number must be, or how many a list must have, and has."""
    if "actual_length" in told:
        least, most = told.get("min_length"), told.get("max_length")
        wanted = f"minst {least}" if most is None else f"høyst {most}"
        return f"må ha {wanted} i listen, ikke {told['actual_length']}"
    found = (f"må være {w} {plain(told[limit])}" for limit, w in _LIMITS.items() if limit in told)
    return next(found, None)


def _instead(value: Any) -> str:
    """What stands there, short enough to be read."""
    if isinstance(value, Mapping | list | tuple):
        return ", ikke en liste" if isinstance(value, list | tuple) else ", ikke et objekt"
    written = json.dumps(value, ensure_ascii=False, default=str)
    return f", ikke {written if len(written) <= _LONGEST else written[:_LONGEST] + '…'}"


def _known(told: Mapping[str, Any], error: ValidationError) -> Any:
    """A copy without the fields that are not known."""
    found: Any = deepcopy(told)
    for fault in error.errors():
        if fault["type"] == "extra_forbidden":
            parent = reduce(getitem, fault["loc"][:-1], found)
            del parent[fault["loc"][-1]]
    return found


def _misfits(told: Any, place: tuple[int | str, ...] = ()) -> Iterator[str]:
    """What does not fit together in each part, the innermost first."""
    if isinstance(told, BaseModel):
        for name in type(told).model_fields:
            yield from _misfits(getattr(told, name), (*place, name))
        if isinstance(told, Strict):
            yield from (f"{_place(place)}{fault}" for fault in told.misfits())
    elif isinstance(told, Mapping):
        for name, inner in told.items():
            yield from _misfits(inner, (*place, name))
    elif isinstance(told, tuple):
        for number, inner in enumerate(told):
            yield from _misfits(inner, (*place, number))


def _nonsense(message: str) -> FileRefused:
    return FileRefused(message, kind="nonsense")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose names are given once: of two, one would be lost in silence."""
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _nonsense(f"Samme felt står to ganger i samme objekt: {', '.join(twice)}.")
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
