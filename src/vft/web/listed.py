"""Lists: sorted and paged, with their state in the address."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.http import HttpRequest
from django.utils.functional import Promise

from vft.web import norwegian

_PER_PAGE = 25
_NUMERIC = {"th": {"class": "figure"}, "td": {"class": "figure"}}


class Listed(tables.Table):  # type: ignore[misc] # django-tables2 publishes no types
    """What every list has in common."""

    class Meta:
        order_by_field = "sorter"
        page_field = "side"
        attrs: ClassVar = {"class": "ds-table"}


class Figure(tables.Column):  # type: ignore[misc] # django-tables2 publishes no types
    """A count, set to the right; a dash where nothing was counted."""

    attrs: ClassVar = _NUMERIC

    def __init__(self, title: str | Promise, **kwargs: Any) -> None:
        super().__init__(verbose_name=title, attrs=_NUMERIC, default="–", **kwargs)

    def render(self, value: int) -> str:
        """1 234."""
        return norwegian.number(value)


def configured(request: HttpRequest, table: tables.Table) -> tables.Table:
    """The table sorted and paged as the address says."""
    return tables.RequestConfig(request, paginate={"per_page": _PER_PAGE}).configure(table)
