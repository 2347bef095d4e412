"""Reading a case from a file, JSON or TOML; every fault is told, with its place, in bokmål."""

import json
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vft.benefits.case import (
    Activity,
    AlsoStated,
    Case,
    Cost,
    Line,
    NonPricedEffect,
    Redeployment,
    RunningCost,
)
from vft.benefits.unit_price import Strict, UnitPrice
from vft.errors import VftError

#: What stands at a place of the file, by the last word of the place.
_MODELS: dict[str, type[Strict]] = {
    "lines": Line,
    "before": Activity,
    "after": Activity,
    "also_stated": AlsoStated,
    "price": UnitPrice,
    "km_price": UnitPrice,
    "prices": UnitPrice,
    "running_costs": RunningCost,
    "start_up_costs": Cost,
    "ladder": Redeployment,
    "non_priced_effects": NonPricedEffect,
}
_SAID: dict[str, str] = {
    "missing": "mangler; skriv null når det ikke er dokumentert",
    "float_type": "må være et tall med punktum som desimaltegn, uten anførselstegn",
    "int_type": "må være et helt tall, uten anførselstegn",
    "int_from_float": "må være et helt tall",
    "finite_number": "må være et endelig tall",
    "string_type": "må være tekst",
    "string_too_short": "kan ikke være tom",
    "bool_type": "må være true eller false",
    "model_type": "må være et objekt",
    "tuple_type": "må være en liste",
    "date_type": "må være en dato, for eksempel 2021-01-01",
    "date_parsing": "må være en dato, for eksempel 2021-01-01",
    "date_from_datetime_parsing": "må være en dato, for eksempel 2021-01-01",
    "date_from_datetime_inexact": "må være en dato uten klokkeslett",
}
_LIMITS: dict[str, str] = {"gt": "større enn", "ge": "minst", "lt": "mindre enn", "le": "høyst"}


def read(path: Path) -> Case:
    """The case in a file; ``.toml`` is TOML, anything else JSON.

    Raises:
        VftError: the file cannot be read, or is no case; every fault is listed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        why = "den finnes ikke" if isinstance(error, FileNotFoundError) else "den kan ikke leses"
        raise VftError(f"Filen {path.name} kan ikke åpnes: {why}.") from error
    except UnicodeDecodeError as error:
        raise VftError(f"Filen {path.name} er ikke lagret som UTF-8. Lagre den på nytt.") from error
    return parse(text, name=path.name)


def parse(text: str, *, name: str) -> Case:
    """The case in a text; ``name`` is what messages call it, and ends with ``.toml`` for TOML.

    Raises:
        VftError: as :func:`read`.
    """
    told = _loaded(text, name)
    try:
        return Case.model_validate(told)
    except ValidationError as error:
        faults = "\n".join(f"– {fault}" for fault in _faults(error))
        raise VftError(
            f"Saken i {name} kan ikke regnes ut:\n{faults}\nAlle felter: vft case schema."
        ) from error


def _loaded(text: str, name: str) -> Mapping[str, Any]:
    try:
        told = (
            tomllib.loads(text)
            if name.endswith(".toml")
            else json.loads(text, object_pairs_hook=_once)
        )
    except json.JSONDecodeError as error:
        raise VftError(
            f"Filen {name} er ikke gyldig JSON: linje {error.lineno}, tegn {error.colno}. Se etter "
            "komma, anførselstegn eller klammer som mangler eller er for mange."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise VftError(f"Filen {name} er ikke gyldig TOML: {error}.") from error
    except RecursionError as error:
        raise VftError(f"Filen {name} er ingen sak: den har for mange klammer.") from error
    if not isinstance(told, Mapping):
        raise VftError(f"Filen {name} er ingen sak: den må være ett objekt, {{ … }}.")
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose names are given once: of two, one would be lost in silence."""
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise VftError(f"Samme felt står to ganger i samme objekt: {', '.join(twice)}.")
    return dict(pairs)


def _faults(error: ValidationError) -> list[str]:
    return [f"{_place(found['loc'])}{_said(found)}" for found in error.errors()]


def _place(loc: tuple[int | str, ...]) -> str:
    """``lines[0].before.count: ``, counted as in the file's own list; nothing for the whole."""
    written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return f"{written.lstrip('.')}: " if written else ""


def _said(found: Any) -> str:
    kind, told = found["type"], found.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(found["loc"])
    if kind == "literal_error":
        return f"må være {told['expected'].replace(' or ', ' eller ')}."
    if kind == "value_error":
        return f"{told['error']}."
    for limit, words in _LIMITS.items():
        if limit in told:
            return f"må være {words} {told[limit]:g}."
    return f"{_SAID.get(kind, 'verdien er ikke lov her')}."


def _unknown(loc: tuple[int | str, ...]) -> str:
    """The field is not known; the nearest that is, or all of them."""
    words = [part for part in loc if isinstance(part, str)]
    model = _MODELS.get(words[-2], Case) if len(words) > 1 else Case
    near = get_close_matches(words[-1], model.model_fields, n=1)
    if near:
        return f"feltet finnes ikke; mente du {near[0]}?"
    return f"feltet finnes ikke; her kan det stå {', '.join(model.model_fields)}."
