"""Numbers, dates and small sentences the Norwegian way."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from vft.disclosure.cell import Cell
from vft.report.states import BRIEFLY, WORDS
from vft.tables import norwegian
from vft.tables.norwegian import SPACE

MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
SHORT_MONTHS = (
    *("jan", "feb", "mars", "april", "mai", "juni"),
    *("juli", "aug", "sep", "okt", "nov", "des"),
)

#: Said alike by commands; screens find all that is Norwegian here.
number, decimal = norwegian.number, norwegian.decimal
counted, alphabetical = norwegian.counted, norwegian.alphabetical
in_sentence = norwegian.in_sentence


def percent(share: float, places: int = 0) -> str:
    """12 %, from 0.12."""
    return f"{decimal(share * 100, places)}{SPACE}%"


def change(difference: float, places: int = 0) -> str:
    """+12, −3 or uendret."""
    if round(difference, places) == 0:
        return _("uendret")
    return f"+{decimal(difference, places)}" if difference > 0 else decimal(difference, places)


def cell(shown: Cell, places: int = 0) -> str:
    """A figure with so many decimals, or which of the other states it is in."""
    if shown.value is not None:
        return decimal(shown.value, places)
    return _(WORDS[shown.state.value])


def briefly(shown: Cell) -> str:
    """Why there is no figure, where there is little room; nothing where there is one."""
    return "" if shown.value is not None else _(BRIEFLY[shown.state.value])


def day(value: date) -> str:
    """28.03.2019."""
    return f"{value:%d.%m.%Y}"


def moment(value: datetime) -> str:
    """28.03.2019 kl. 14.05, in Norwegian time."""
    return f"{value.astimezone(ZoneInfo('Europe/Oslo')):%d.%m.%Y kl. %H.%M}"


def month(code: str) -> str:
    """November 2024, from 2024-11; lower case as inside a sentence."""
    return f"{MONTHS[int(code[5:7]) - 1]} {code[:4]}"


def short_month(code: str) -> str:
    """Nov 2024, from 2024-11; lower case."""
    return f"{SHORT_MONTHS[int(code[5:7]) - 1]} {code[:4]}"


def month_name(code: str) -> str:
    """Nov, from 2024-11; lower case."""
    return SHORT_MONTHS[int(code[5:7]) - 1]


def listed(parts: list[str]) -> str:
    """A, b og c."""
    return " og ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def size(count: int) -> str:
    """3,2 MB, from bytes."""
    units = ("byte", "kB", "MB", "GB")
    value, unit = float(count), 0
    while value >= 1000 and unit < len(units) - 1:  # noqa: PLR2004 - the next unit
        value, unit = value / 1000, unit + 1
    figure = number(round(value)) if unit == 0 or value >= 100 else decimal(value)  # noqa: PLR2004 - two digits suffice
    return f"{figure}{SPACE}{units[unit]}"
