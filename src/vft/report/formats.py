"""The formats that figures leave in, by the ending of their files."""

from collections.abc import Callable
from dataclasses import dataclass

from vft.report import csv, jsonstat, parquet, workbook
from vft.report.dataset import Dataset


@dataclass(frozen=True, kw_only=True)
class Format:
    """``ending``: of a file's name, without its point. ``title``: what a reader calls it."""

    ending: str
    title: str
    media_type: str
    write: Callable[[Dataset], bytes]


FORMATS: dict[str, Format] = {
    found.ending: found
    for found in (
        Format(ending="csv", title="CSV", media_type=csv.MEDIA_TYPE, write=csv.write),
        Format(ending="xlsx", title="Excel", media_type=workbook.MEDIA_TYPE, write=workbook.write),
        Format(
            ending="json", title="JSON-stat", media_type=jsonstat.MEDIA_TYPE, write=jsonstat.write
        ),
        Format(
            ending="parquet", title="Parquet", media_type=parquet.MEDIA_TYPE, write=parquet.write
        ),
    )
}
