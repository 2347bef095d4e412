"""What covariates, and groups of recipients, are called in sentences and tables."""

MINUTES = "minutter per uke"
_COVARIATES = {
    "first": f"{MINUTES} i første periode",
    "level": f"{MINUTES} perioden før",
    "level²": f"{MINUTES} perioden før, i annen potens",
    "jump": "økning rett før",
    "slope": "utvikling før",
    "age": "alder",
    "period": "perioden tjenesten ble tatt i bruk",
    "known": "perioder kjent før",
}
_COLUMNS = {
    "need_group": "behovsgruppe",
    "sex": "kjønn",
    "lives_alone": "bor alene",
    "segment": "segment",
    "unit": "enhet",
}
#: Values that have words of their own: as a share of people, and as the name of a group.
_VALUES = {
    ("sex", "female"): ("andelen kvinner", "kvinner"),
    ("sex", "male"): ("andelen menn", "menn"),
    ("lives_alone", "true"): ("andelen som bor alene", "bor alene: ja"),
    ("lives_alone", "1"): ("andelen som bor alene", "bor alene: ja"),
    ("lives_alone", "ja"): ("andelen som bor alene", "bor alene: ja"),
    ("lives_alone", "nei"): ("andelen som ikke bor alene", "bor alene: nei"),
    ("lives_alone", "false"): ("andelen som ikke bor alene", "bor alene: nei"),
    ("lives_alone", "0"): ("andelen som ikke bor alene", "bor alene: nei"),
}
_NOT_GIVEN = "ikke oppgitt"


def covariate(name: str, measured_in: str = MINUTES) -> str:
    """A covariate by its code: ``age``, or ``sex=female``, which is the share who are.

    ``measured_in``: what the outcome is in, where it is not minutes.
    """
    column, has_value, value = name.partition("=")
    if not has_value:
        return _COVARIATES[column].replace(MINUTES, measured_in)
    known = _VALUES.get((column, value.casefold()))
    return known[0] if known else f"andelen i {_COLUMNS[column]} {value or _NOT_GIVEN}"


def group(by: str, label: str) -> str:
    """A group by the column it is of: «behovsgruppe 1». Of no column, it is called as it is."""
    known = _VALUES.get((by, label.casefold()))
    if known:
        return known[1]
    return f"{_COLUMNS[by]} {label}" if by in _COLUMNS else label
