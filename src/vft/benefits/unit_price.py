"""The price of one unit of something: no kroner without a value, a date and a source.

The fields are the columns of the lake's contract ``unit_prices``, so that a municipality's own
row is a price here as it stands. ``per`` has one word more: ``year``, of a place.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from vft.errors import VftError

Per = Literal["hour", "visit", "km", "day", "month", "year", "item"]
HourDefinition = Literal["paid", "direct"]
TimeOfDay = Literal["any", "day", "evening", "night", "weekend"]

#: Where a price was found: a nearer place goes before one further out.
FoundIn = Literal["line", "case", "lake", "packaged"]

#: What a reader is told that the units are: kroner per …
UNITS: dict[str, str] = {
    "hour": "time",
    "visit": "besøk",
    "km": "km",
    "day": "døgn",
    "month": "måned",
    "year": "år",
    "item": "stykk",
}
#: And the times of the day.
TIMES: dict[str, str] = {
    "any": "hele døgnet",
    "day": "dag",
    "evening": "kveld",
    "night": "natt",
    "weekend": "helg",
}
#: What a reader is told that the hour definitions are.
HOURS: dict[str, str] = {"paid": "betalt time", "direct": "time hos tjenestemottakeren"}


#: Context of a validation that lets parts stand that do not fit together.
PARTS_ALONE = "parts alone"


class Strict(BaseModel):
    """What is read from outside: unknown fields, text for numbers, and infinity are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    def misfits(self) -> Iterable[str]:
        """What does not fit together among fields that are each as they should be, in bokmål."""
        return ()

    @model_validator(mode="after")
    def _fits_together(self, info: ValidationInfo) -> Self:
        # who looks for all faults of a file asks each part herself
        if info.context != PARTS_ALONE and (found := list(self.misfits())):
            raise ValueError("; ".join(found))
        return self


class UnitPrice(Strict):
    """What one unit costs, kroner, in ``[starts_on, ends_on)``."""

    price: str | None = Field(
        default=None,
        description="Prisens kode. Alene er den en henvisning: sakens «prices» leses først, så "
        "kommunens egne når de er bedt om, så prisene som følger med (vft case prices).",
        examples=["home-care-hour-paid"],
    )
    title: str | None = Field(default=None, description="Prisens navn.")
    value: float | None = Field(
        default=None, ge=0, le=1e12, description="Kroner per enhet.", examples=[426.0]
    )
    per: Per | None = Field(default=None, description="Enheten: kroner per hva.", examples=["hour"])
    hour_definition: HourDefinition | None = Field(
        default=None,
        description="For pris per time: paid er en betalt time, direct en time hos "
        "tjenestemottakeren. De to blandes aldri.",
    )
    time_of_day: TimeOfDay = Field(default="any", description="Når på døgnet prisen gjelder.")
    price_year: int | None = Field(
        default=None, ge=1990, le=2100, description="Året kronene er fra.", examples=[2021]
    )
    starts_on: date | None = Field(
        default=None,
        strict=False,
        description="Første dag prisen gjelder. Uten dato gir prisen ingen kroner.",
        examples=["2021-01-01"],
    )
    ends_on: date | None = Field(
        default=None,
        strict=False,
        description="Første dag prisen ikke lenger gjelder; null mens den gjelder.",
    )
    origin: str | None = Field(
        default=None,
        description="Kilden. Uten kilde gir prisen ingen kroner.",
        examples=["Budsjett 2021"],
    )
    owner: str | None = Field(default=None, description="Hvem som svarer for prisen.")
    note: str | None = Field(default=None, description="Forbehold, for eksempel hva som er anslått")

    def misfits(self) -> Iterable[str]:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            yield "ends_on er før starts_on"

    @property
    def is_reference(self) -> bool:
        """Whether nothing but a code is given, so that the price is found in a list."""
        return self.price is not None and not (self.model_fields_set - {"price", "time_of_day"})

    @property
    def is_named(self) -> bool:
        """Whether it can be told from others by a title or a code."""
        return bool(self.title or self.price)

    @property
    def called(self) -> str:
        """What messages call it."""
        return f"«{self.title or self.price}»" if self.is_named else "uten navn"

    def covers(self, on: date) -> bool:
        """Whether it is dated and holds on a day."""
        if self.starts_on is None or on < self.starts_on:
            return False
        return self.ends_on is None or on < self.ends_on

    def not_held(self, on: date) -> str | None:
        """The sentence's beginning where it did not hold on a day; None where it did."""
        return None if self.covers(on) else f"Prisen {self.called} gjaldt ikke {on:%d.%m.%Y}"

    def lacks(self) -> list[str]:
        """What is missing before it may give kroner, in bokmål; nothing when it may."""
        found = {
            "beløp (value)": self.value is None,
            "enhet (per)": self.per is None,
            "dato (starts_on)": self.starts_on is None,
            "kilde (origin)": not (self.origin or "").strip(),
            "timebegrep (hour_definition)": self.per == "hour" and self.hour_definition is None,
        }
        return [what for what, missing in found.items() if missing]


def spelt_out(value: Any) -> Any:
    """``"code"`` is short for ``{"price": "code"}``, and ``426`` for ``{"value": 426}``."""
    if isinstance(value, str):
        return {"price": value}
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {"value": value} if is_number else value


def require_one_hour_definition(prices: Iterable[UnitPrice]) -> HourDefinition | None:
    """The hour definition that all prices per hour share; None if none is per hour.

    Raises:
        VftError: prices per paid hour and per hour with the recipient are mixed.
    """
    hourly = [p for p in prices if p.per == "hour" and p.hour_definition is not None]
    found = sorted({p.hour_definition for p in hourly if p.hour_definition is not None})
    if len(found) > 1:
        told = ", ".join(
            dict.fromkeys(f"{p.called} er per {HOURS[str(p.hour_definition)]}" for p in hourly)
        )
        raise VftError(
            f"Timepriser med ulikt timebegrep kan ikke brukes sammen: {told}. "
            "Bruk enten bare betalte timer (paid) eller bare timer hos tjenestemottakeren (direct)."
        )
    return found[0] if found else None
