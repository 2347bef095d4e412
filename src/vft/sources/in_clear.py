"""Identity numbers where none should be: in a column of codes or text that the lake would keep."""

from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vft.sources import identity
from vft.tables.schema import Column, Home, Kind, Table

RULE = "identity_in_clear"
_SHORTEST = 11
_SPACE = r"[ \x{a0}\x{202f}]"
_NUMBER = rf"(?:^|[^0-9])[0-9]{{6}}{_SPACE}?[0-9]{{5}}(?:$|[^0-9])"
#: The same in the bytes of a whole column, where values stand end to end: it may find too much.
_MAY_BE = r"[0-9]{6}(?: |\xc2\xa0|\xe2\x80\xaf)?[0-9]{5}"
_TWO_SPACES = rf"(^|[^0-9])([0-9]{{6}}){_SPACE}{{2}}([0-9]{{5}})($|[^0-9])"


def is_watched(contract: Table, column: Column) -> bool:
    """Whether what the column holds reaches the lake as it is written."""
    return contract.home is Home.LAKE and column.kind in {Kind.CODE, Kind.TEXT}


def holds_identity(values: pa.Array) -> pa.Array | None:
    """Where a string is, or has in it, a valid identity number; None where no string has.

    A number is 11 digits between other signs, or 6 and 5 with a space between them.
    """
    if not _may_hold(values):
        return None
    long = pc.greater_equal(pc.binary_length(values), _SHORTEST)
    some = values.filter(long)
    distinct = some.filter(pc.match_substring_regex(some, _NUMBER)).unique()
    telling = distinct.filter(_has_valid(distinct))
    return pc.is_in(values, value_set=telling) if len(telling) else None


def _may_hold(values: pa.Array) -> bool:
    """All bytes as one string: asking each value costs many times as much."""
    data = values.buffers()[2]
    if data is None:
        return False
    whole = pa.array([memoryview(data)], pa.binary())
    return bool(pc.match_substring_regex(whole, _MAY_BE)[0].as_py())


def _has_valid(values: pa.Array) -> pa.Array:
    """Which of some distinct strings have a valid number among their digits."""
    return reduce(pc.or_, (_has_valid_run(way) for way in (values, _closed(values))))


def _closed(values: pa.Array) -> pa.Array:
    """Numbers in two parts written as one. Signs are doubled first: neighbours may share one."""
    doubled = pc.replace_substring_regex(values, r"([^0-9])", r"\1\1")
    return pc.replace_substring_regex(doubled, _TWO_SPACES, r"\1\2\3\4")


def _has_valid_run(values: pa.Array) -> pa.Array:
    runs = pc.split_pattern_regex(values, "[^0-9]+")
    valid = identity.is_valid(pc.list_flatten(runs))
    found = pc.list_parent_indices(runs).filter(valid)
    places = pa.array(np.arange(len(values)))
    return pc.is_in(places, value_set=found.cast(pa.int64()))
