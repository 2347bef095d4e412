"""An indicator's definition as it is written beside the figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

_BETTER = {
    "higher": "Høyere er bedre",
    "lower": "Lavere er bedre",
    "neither": "Verken høyere eller lavere er bedre",
}
#: Field → heading.
HEADINGS: dict[str, str] = {
    "id": "Id",
    "title": "Tittel",
    "question": "Spørsmålet den svarer på",
    "why": "Hvorfor den er viktig",
    "numerator": "Teller",
    "denominator": "Nevner",
    "unit": "Enhet",
    "better": "Retning",
    "owner": "Eier",
    "checker": "Kontrollør",
    "next_review": "Neste gjennomgang",
    "sources": "Kilder",
    "assumptions": "Forutsetninger",
}


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What an indicator says of itself, as text in bokmål. Empty where it says nothing."""

    id: str
    title: str
    question: str = ""
    why: str = ""
    numerator: str = ""
    denominator: str = ""
    unit: str = ""
    better: str = ""
    owner: str = ""
    checker: str = ""
    next_review: str = ""
    sources: str = ""
    assumptions: str = ""

    @classmethod
    def read(cls, described: Mapping[str, Any]) -> "Definition":
        """From an indicator's definition as a publication keeps it; what is not here is left out.

        Lists become lines, and dates are written dd.mm.åååå.
        """
        names = [f.name for f in fields(cls)]
        return cls(**{name: _text(name, described.get(name)) for name in names})

    @property
    def row(self) -> list[str]:
        """Its texts, in the order of :data:`HEADINGS`."""
        return [getattr(self, name) for name in HEADINGS]


def _text(name: str, told: Any) -> str:
    if not told:
        return ""
    if name == "better":
        return _BETTER.get(str(told), str(told))
    if name == "next_review":
        return f"{date.fromisoformat(str(told)):%d.%m.%Y}"
    if isinstance(told, Iterable) and not isinstance(told, str):
        return "\n".join(_line(item) for item in told)
    return str(told)


def _line(item: Any) -> str:
    """An item of a list: itself, or its texts one after the other."""
    if isinstance(item, Mapping):
        return ": ".join(str(text) for text in item.values() if text)
    return str(item)
