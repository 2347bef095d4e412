"""What the sender of a file can do about a rule that rows broke: on screen and in the terminal."""

from django.utils.translation import gettext_lazy as _

_MEND = {
    "not_a_date": _("Rett datoen i fagsystemet, eller endre «date» i tilordningen."),
    "not_an_instant": _("Rett tidspunktet i fagsystemet, eller endre «instant» i tilordningen."),
    "not_a_number": _("Rett tallet i fagsystemet, eller endre «decimal» i tilordningen."),
    "not_a_boolean": _("Legg verdien til i «true» eller «false» i tilordningen."),
    "not_an_identity": _("Rett fødselsnummeret i fagsystemet. Hjelpenumre kan ikke leses."),
    "identity_in_clear": _(
        "Rett tilordningen: kolonnen er en person, eller skal ikke leses. Står nummeret i en "
        "tekst, ta det ut i fagsystemet."
    ),
    "not_text": _("Gjør cellen om til tekst i eksporten."),
    "unknown_code": _("Legg koden inn i kodelisten i tilordningen, eller rett den i fagsystemet."),
    "missing_value": _("Fyll ut feltet i fagsystemet."),
    "out_of_range": _("Se etter tastefeil i fagsystemet."),
    "score_out_of_range": _("Rett skåren i fagsystemet."),
    "formula": _("Lim inn verdiene i regnearket i stedet for formlene, og lagre på nytt."),
    "too_few_fields": _("Hent eksporten på nytt. Raden kan være avbrutt."),
    "too_many_fields": _("Sett tekstfelt med skilletegn i anførselstegn."),
    "ends_before_start": _("Rett datoene i fagsystemet."),
    "answered_before_received": _("Rett klokkeslettene hos leverandøren."),
    "unknown_unit": _(
        "Rett enheten i fagsystemet, eller lever den i enhetsfilen og send filen på nytt."
    ),
    "other_level": _(
        "Gi enheten en egen kode. Er det nivået som er rettet, lever alle radene med koden på nytt."
    ),
    "no_time": _("Ta med tidspunktet i eksporten, eller fyll det ut i fagsystemet."),
    "duplicate": _("Ingenting må gjøres. Raden er lest én gang."),
    "superseded": _("Ingenting må gjøres. Den siste raden med samme nøkkel er lest."),
}
_OTHERWISE = _("Rett raden i fagsystemet, og last opp en ny eksport.")


def how_to_mend(rule: str) -> str:
    """A sentence to the one who sends the file."""
    return str(_MEND.get(rule, _OTHERWISE))
