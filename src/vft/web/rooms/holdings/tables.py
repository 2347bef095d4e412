"""The lists of the room: sorted and paged, with their state in the address."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from vft.pipeline.holdings import Delivered
from vft.web import norwegian
from vft.web.listed import Figure, Listed


class Deliveries(Listed):
    """Files that were received."""

    received_at = tables.Column(verbose_name=_("Mottatt"), attrs={"td": {"class": "whole"}})
    source_title = tables.Column(verbose_name=_("Kilde"))
    file_name = tables.Column(verbose_name=_("Fil"), attrs={"td": {"class": "breaks"}})
    status = tables.Column(verbose_name=_("Status"), attrs={"td": {"class": "whole"}})
    rows_read = Figure(_("Rader lest"))
    rows_bad = Figure(_("Avvist"))
    changed = Figure(_("Endret"))
    last_date = tables.Column(verbose_name=_("Data til"), default="–")

    class Meta(Listed.Meta):
        template_name = "web/table.html"
        # what a narrow screen shows first
        sequence = ("file_name", "status", "source_title", "received_at", "...")

    def render_received_at(self, value: Any) -> str:
        """Norwegian time."""
        return norwegian.moment(value)

    def render_last_date(self, value: Any) -> str:
        """dd.mm.åååå."""
        return norwegian.day(value)

    def render_status(self, value: str, record: Delivered) -> str:
        """In words, and red where nothing was taken in."""
        colour = "danger" if value == "refused" else "neutral"
        return format_html(
            '<span class="ds-tag" data-size="sm" data-color="{}">{}</span>',
            colour,
            _("Uten rader") if record.is_without_rows else STATUSES.get(value, value),
        )

    def render_rows_read(self, value: int, record: Delivered) -> str:
        """A file that was refused before it was read has no rows to count."""
        return "–" if record.status == "refused" and not value else norwegian.number(value)


STATUSES = {
    "loaded": _("Lest inn"),
    "unchanged": _("Ingenting nytt"),
    "refused": _("Avvist"),
}


class Corrections(Listed):
    """Figures that differ from the publication before."""

    month = tables.Column(verbose_name=_("Måned"))
    slice_name = tables.Column(verbose_name=_("Hva"))
    unit_name = tables.Column(verbose_name=_("Enhet"))
    measure_title = tables.Column(verbose_name=_("Mål"))
    before = Figure(_("Før"))
    after = Figure(_("Nå"))
    difference = Figure(_("Endring"))

    class Meta(Listed.Meta):
        template_name = "web/table.html"

    def render_month(self, value: str) -> str:
        """November 2024."""
        return norwegian.month(value).capitalize()

    def render_difference(self, value: int) -> str:
        """+12."""
        return norwegian.change(value)
