"""The contracts in bokmål, for who writes a mapping: what a table is, and what a column may hold.

The contracts themselves say it in English, to who reads the code.
"""

import re
from collections.abc import Iterator

from vft.sources.agreement import KINDS, allowed_codes
from vft.tables import services
from vft.tables.schema import Column, Table

#: What one row of a table is.
TABLES = {
    "annotations": "Noe som hendte, og som den som leser tallene, må vite om.",
    "assessments": "En kartlegging (IPLOS) av en tjenestemottaker en dag.",
    "device_assignments": (
        "En enhet står hos en tjenestemottaker i perioden. Deles den av flere, har hver sin rad."
    ),
    "device_downtimes": "En enhet er satt på pause eller virker ikke i perioden.",
    "device_events": (
        "Ett varsel, én utlevering eller én måling fra en enhet. Prøvevarsler og tekniske varsler "
        "tas med og merkes."
    ),
    "devices": "En enhet (utstyr), i bruk eller på lager.",
    "distribution_keys": "En enhets andel av en fordelingsnøkkel et år.",
    "function_scores": "Skår på en av IPLOS-variablene i en kartlegging.",
    "groupings": "En enhet hører til en gruppe, for eksempel en sykehussektor, i perioden.",
    "identities": (
        "Hvem en tjenestemottaker er. Lagres kryptert, aldri i datalageret, og vises etter rolle."
    ),
    "incidents": "En registrert hendelse, for eksempel et fall eller et avvik.",
    "invoice_lines": "En linje på en faktura fra en leverandør, for en periode.",
    "ledger_lines": "Et beløp i regnskap eller budsjett på enhet, funksjon og art en måned.",
    "population": "Personer etter enhet, år, alder og kjønn, talt eller framskrevet.",
    "published_counts": "Et tall som andre har publisert, med hvor det står.",
    "quality_scores": "Ett svar om kvalitet på en skala fra 1 til 6.",
    "reablement": "En periode med hverdagsrehabilitering, vanligvis fire til åtte uker.",
    "recipients": "En som har eller har hatt tjenester. Navnet står i identities.",
    "rental_contracts": "Leie av et produkt til en månedspris i perioden.",
    "reporting_groups": "En tjeneste telles med i en rapporteringsgruppe. Den kan stå i flere.",
    "residences": "Hvor en tjenestemottaker bor i perioden: den minste enheten som er kjent.",
    "responses": "En sak hos responstjenesten, fra mottatt til avsluttet.",
    "stays": "Et opphold i institusjon eller sykehus i perioden.",
    "unit_prices": "Hva én enhet av noe koster i perioden, med kilde.",
    "unit_successions": (
        "Fra datoen hører den tidligere enhetens tjenestemottakere til den nye. En deling har "
        "flere rader."
    ),
    "units": (
        "En enhet under sin overordnede i perioden. Bytter den overordnet, får den en ny rad."
    ),
    "vedtak": "Ett vedtak som innvilger eller avslår én tjeneste for én tjenestemottaker.",
    "vedtak_pauses": "Vedtaket gjelder, men tjenesten hviler i perioden.",
    "visits": "Ett besøk (oppdrag), planlagt eller utført.",
}
#: What a title does not say, by column or by table and column.
_COLUMNS = {
    "starts_on": "Første dag som er med.",
    "ends_on": "Siste dag, eller dagen etter: si hvilken med «ends». Tom når den fortsatt gjelder.",
    "devices.device_id": "Leverandørens nummer på enheten, det samme i alle filer.",
    "device_events.code": "Koden i kodeverket, for eksempel 1.1.",
    "device_events.test": "Varselet er en prøve.",
    "device_events.technical": "Varselet er teknisk, for eksempel lavt batteri.",
    "visits.minutes": "Minutter hos tjenestemottakeren, uten reise.",
    "vedtak.considered_technology": "Om teknologi ble vurdert ved tildeling, og utfallet.",
    "function_scores.score": "1–5, eller 9 for ikke relevant.",
    "units.parent": "Koden til enheten over. Tom for kommunen.",
    "assessments.need_group": "Samlemål: noe, middels eller omfattende bistandsbehov.",
    "unit_prices.hour_definition": "Betalt time, eller time hos tjenestemottakeren.",
}
#: What our codes are called on paper, by code or by column and code.
_CODES = {
    "actual": "regnskap",
    "alarm_callout": "utrykning på alarm",
    "alert": "varsel",
    "alone": "bor alene",
    "any": "hele døgnet",
    "budget": "budsjett",
    "callout": "utrykning",
    "cancelled": "avlyst",
    "clarified": "avklart",
    "counted": "talt",
    "day": "dag",
    "dead": "død",
    "declined": "takket nei",
    "direct": "hos tjenestemottakeren",
    "dispense": "utlevering",
    "district": "bydel",
    "evening": "kveld",
    "executed": "utført",
    "fall": "fall",
    "fault": "feil",
    "female": "kvinne",
    "forwarded": "videreformidlet",
    "granted": "innvilget",
    "HHMH": "høy vekst",
    "high": "høy",
    "hospital": "sykehus",
    "hour": "time",
    "institution": "institusjon",
    "item": "stykk",
    "km": "kilometer",
    "LLML": "lav vekst",
    "long": "langtid",
    "low": "lav",
    "male": "mann",
    "measurement": "måling",
    "medication": "medisin",
    "medium": "middels",
    "merge": "sammenslåing",
    "MMMM": "hovedalternativ",
    "month": "måned",
    "move": "flytting",
    "moved": "flyttet",
    "municipality": "kommune",
    "national": "landet",
    "next_of_kin": "pårørende",
    "night": "natt",
    "no_answer": "ikke svar",
    "not_considered": "ikke vurdert",
    "not_home": "ikke hjemme",
    "not_needed": "ikke behov lenger",
    "not_suitable": "passer ikke",
    "nursing": "sykepleie",
    "other": "annet",
    "own_wish": "eget ønske",
    "paid": "betalt",
    "part_district": "delbydel",
    "pause": "pause",
    "per.day": "døgn",
    "practical_help": "praktisk bistand",
    "primary": "hovedbruker",
    "recipient": "tjenestemottaker",
    "refused": "avslått",
    "rename": "nytt navn",
    "replaced": "erstattet av en annen tjeneste",
    "shared": "medbruker",
    "short": "korttid",
    "split": "deling",
    "staff": "ansatt",
    "stay": "opphold",
    "supervision_day": "tilsyn om dagen",
    "supervision_night": "tilsyn om natten",
    "technical": "teknisk",
    "technology": "teknologi",
    "test": "prøve",
    "travel": "reise",
    "unsuitable": "uegnet",
    "visit": "besøk",
    "weekend": "helg",
    "with_others": "bor med andre",
    "with_parents": "bor med foreldre",
    "withdrawn": "trukket",
}
_UNITS = {"hours_per_week": "timer", "age": "år", "persons": "personer"}


def is_needed(contract: Table, column: Column) -> bool:
    """Whether a mapping must say where the column is."""
    return column.required or column.name in contract.key


def kind_of(column: Column) -> str:
    """What a value is, with its unit: «desimaltall, kr»."""
    return ", ".join(filter(None, (KINDS[column.kind], _unit(column))))


def meaning_of(contract: Table, column: Column) -> str:
    """What a column holds, and which values it may have."""
    return " ".join(_sentences(contract, column))


def name_of(column: Column, ours: str) -> str:
    """What one of a column's codes is called on paper."""
    if column.refers_to == "services":
        return services.ALL[ours].name
    return _CODES.get(f"{column.name}.{ours}") or _CODES.get(ours, ours)


def codes_of(column: Column) -> tuple[str, ...]:
    """The codes that a column may have, each with what it is called: «granted = innvilget»."""
    return tuple(f"{ours} = {name_of(column, ours)}" for ours in allowed_codes(column))


def _sentences(contract: Table, column: Column) -> Iterator[str]:
    yield f"{column.title}."
    said = _COLUMNS.get(f"{contract.name}.{column.name}") or _COLUMNS.get(column.name)
    if said:
        yield said
    if allowed_codes(column):
        yield f"En av: {', '.join(codes_of(column))}."
    elif column.refers_to:
        table, name = column.refers_to.split(".")
        yield f"Må stå som {name} i {table}."
    if column.minimum is not None:
        most = f"til {column.maximum:g}" if column.maximum is not None else "og opp"
        yield f"Fra {column.minimum:g} {most}."


def _unit(column: Column) -> str:
    in_title = re.search(r"\((kr|km|%)\)$", column.title)
    if in_title:
        return in_title[1]
    return "minutter" if column.name.endswith("minutes") else _UNITS.get(column.name, "")
