"""From which count a figure is shown to everyone."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from vft.access import scope, thresholds
from vft.access.models import SmallCells
from vft.web.rooms.account.own import me
from vft.web.rooms.administration import doors

_RANGE = _("Grensen må være et helt tall fra %(low)s til %(high)s.") % {
    "low": thresholds.LOWEST,
    "high": thresholds.HIGHEST,
}


class ThresholdForm(forms.Form):
    """The smallest count that is shown."""

    threshold = forms.IntegerField(
        label=_("Minste antall som vises"),
        help_text=_("Antall under dette, og over null, skjules for dem som ikke har enheten."),
        min_value=thresholds.LOWEST,
        max_value=thresholds.HIGHEST,
        widget=forms.TextInput(attrs={"class": "ds-input", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _RANGE),
    )


def page(request: HttpRequest) -> HttpResponse:
    """What it is, who has set it, and a form to set another."""
    scope.require(request.user, scope.ADMINISTER)
    now = thresholds.small_cells()
    sent = request.method == "POST"
    form = ThresholdForm(request.POST if sent else None, initial={"threshold": now})
    if sent and form.is_valid():
        thresholds.set_small_cells(threshold=form.cleaned_data["threshold"], by=me(request))
        return redirect("small-cells")
    context = {"form": form, "now": now, "history": SmallCells.objects.select_related("set_by")}
    return doors.shown(request, "small-cells", context, status=422 if form.errors else 200)
