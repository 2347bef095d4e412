"""Why somebody reads about persons: asked wherever names or pseudonyms are shown."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PurposeForm(forms.Form):
    """What the reader will use them for. It is kept in the access log."""

    purpose = forms.CharField(
        label=_("Formål"),
        help_text=_("Hva skal du bruke opplysningene til? Formålet lagres i innsynsloggen."),
        min_length=5,
        max_length=400,
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off"}),
        error_messages={
            "required": _("Skriv hva du skal bruke opplysningene til."),
            "min_length": _("Skriv formålet litt utførligere."),
        },
    )
