"""Numbers as people write them: decimal comma, spaces between thousands (also unbreakable ones)."""

from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

#: Space, no-break space, thin space, narrow no-break space.
_SPACES = "[ \u00a0\u2009\u202f]"
_WHOLE = rf"^[+\-−]?(\d{{1,18}}|\d{{1,3}}(?:{_SPACES}\d{{3}}){{1,5}})$"
_WIDE = pa.decimal128(38, 12)


def integers(text: pa.Array) -> pa.Array:
    """Whole numbers (int64) from strings; null where a string is none."""
    fits = pc.match_substring_regex(text, _WHOLE)
    plain = _plain(pc.if_else(fits, text, None))
    return plain.cast(pa.int64())


def decimals(text: pa.Array, separator: Literal[",", "."], kept: pa.Decimal128Type) -> pa.Array:
    """Exact decimals from strings, rounded half away from zero to the decimals that are ``kept``.

    Null where a string is no number. Too large for ``kept`` gives null as well.
    """
    mark = "," if separator == "," else r"\."
    fits = pc.match_substring_regex(text, _WHOLE[:-1] + rf"(?:{mark}\d*)?$")
    plain = pc.replace_substring(_plain(pc.if_else(fits, text, None)), separator, ".")
    # more decimals than any measurement has; beyond them lie a computer's own rounding errors
    plain = pc.replace_substring_regex(plain, r"(\.\d{12})\d+$", r"\1")
    return rounded(plain.cast(_WIDE), kept)


def rounded(values: pa.Array, kept: pa.Decimal128Type) -> pa.Array:
    """Numbers rounded half away from zero; null where too large for ``kept``."""
    if pa.types.is_integer(values.type):
        values = values.cast(_WIDE)
    limit = 10 ** (kept.precision - kept.scale)
    room = pc.less(pc.abs(values), pa.scalar(limit - 1).cast(pa.float64()))
    fitting = pc.if_else(room, values, None)
    return pc.round(fitting, kept.scale, round_mode="half_towards_infinity").cast(kept)


def _plain(text: pa.Array) -> pa.Array:
    """Without spaces and plus, with the keyboard's minus."""
    plain = pc.replace_substring_regex(text, rf"{_SPACES}|\+", "")
    return pc.replace_substring(plain, "−", "-")
