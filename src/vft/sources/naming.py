"""What a file's columns are called, so that a person and a program mean the same."""

import unicodedata
from collections import Counter
from collections.abc import Iterable


def tidy(name: object) -> str:
    """A column's name as a person reads it: no outer or double spaces, one form of å."""
    text = "" if name is None else str(name)
    return " ".join(unicodedata.normalize("NFC", text.removeprefix("\ufeff")).split())


def unique(names: Iterable[object]) -> tuple[str, ...]:
    """Tidy names, nameless and repeated columns told apart by their place."""
    seen: Counter[str] = Counter()
    found = []
    for place, given in enumerate(names, start=1):
        name = tidy(given) or f"kolonne {place}"
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)
