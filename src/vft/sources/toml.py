"""A text of TOML as what it holds; a fault is told in bokmål, with its line and character."""

import re
import tomllib
from typing import Any

from vft.errors import VftError

#: The library's words → ours. The first that fits is used.
_SAID: dict[str, str] = {
    r"Cannot|Duplicate": "navnet er brukt før i filen",
    r"Expected newline": "det står noe mer etter verdien",
    r"Expected '='": "likhetstegnet etter navnet mangler",
    r"Expected '\]|Unclosed array": "klammen er ikke lukket med ]",
    r"Unclosed inline table": "klammen er ikke lukket med }",
    r"Unterminated string|Expected ['\"]{2,3}": "anførselstegnet etter teksten mangler",
    r"Illegal character '\\n'": "anførselstegnet etter teksten mangler på linjen",
    r"Illegal|Found invalid": "tegnet kan ikke stå her",
    r"Unescaped|Invalid hex|Escaped": "omvendt skråstrek i tekst må skrives to ganger",
    r"Invalid date": "datoen finnes ikke; skriv for eksempel 2021-01-31",
    r"Invalid value": "verdien kan ikke leses; tekst står i anførselstegn, og tall har punktum som "
    "desimaltegn",
    r"Invalid statement|Invalid initial": "her må det stå et navn; andre tegn enn a–z, tall, "
    "bindestrek og understrek må stå i anførselstegn",
}
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")


class TomlFault(VftError):
    """A text is no TOML. Says where and what, to stand after a colon: «linje 3, tegn 7: …»."""


def loads(text: str) -> dict[str, Any]:
    """What the text holds.

    Raises:
        TomlFault: it is no TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlFault(f"{_where(str(error), text)}: {_what(str(error))}") from error
    except RecursionError as error:
        raise TomlFault("den har for mange klammer inni hverandre") from error
    except ValueError as error:  # a number of thousands of digits
        raise TomlFault("den har et tall som er for langt") from error


def _where(told: str, text: str) -> str:
    place = _PLACE.search(told)
    if place is None or place[1] is None:
        return f"slutten av filen, linje {text.rstrip().count(chr(10)) + 1}"
    return f"linje {place[1]}, tegn {place[2]}"


def _what(told: str) -> str:
    fitting = (said for words, said in _SAID.items() if re.match(words, told))
    return next(fitting, "det som står her, kan ikke leses")
