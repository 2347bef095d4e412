"""Counts of persons in sentences: under five are told as few, so that nobody is pointed out."""

from vft.tables.norwegian import counted

SHOWN = 5  #: fewest persons that are counted aloud
_FEWER = "færre enn fem"  # the same number in words


def persons(count: int, one: str, many: str) -> str:
    """«12 brukere», «færre enn fem brukere», and «ingen brukere», which points at nobody."""
    if count == 0:
        return f"ingen {many}"
    return f"{_FEWER} {many}" if count < SHOWN else counted(count, one, many)


def told(count: int) -> int | None:
    """The count where it may be told; None for one to four."""
    return None if 0 < count < SHOWN else count
