"""What stands in a cell without a figure, in words: every file says it the same way."""

from vft.disclosure.cell import State

__all__ = ["BRIEFLY", "MEANINGS", "PROVISIONAL", "WORDS", "State"]

#: Status of a figure of a month that the data does not reach the end of.
PROVISIONAL = "provisional"

#: Code of a state → what a reader meets instead of a figure.
WORDS: dict[str, str] = {
    "value": "tall",
    "missing": "mangler",
    "not_documented": "ikke dokumentert",
    "suppressed": "skjult",
    "undefined": "lar seg ikke regne ut",
    PROVISIONAL: "foreløpig",
}
#: The same where there is little room.
BRIEFLY: dict[str, str] = WORDS | {
    "not_documented": "udokumentert",
    "undefined": "ingen å måle",
}
#: Code of a state → what it means.
MEANINGS: dict[str, str] = {
    "value": "Et tall, også 0: null betyr at det er talt, og at det var ingen.",
    "missing": "Kilden har ikke levert. Det betyr ikke at det er ingen.",
    "not_documented": "Ingen har påstått en verdi. Det betyr ikke at det er ingen.",
    "suppressed": (
        "Tallet finnes, men er skjult fordi det, alene eller sammen med andre tall, kan vise noe "
        "om enkeltpersoner."
    ),
    "undefined": "Det var ingen å regne andelen eller medianen av.",
    PROVISIONAL: "Måneden er ikke komplett: dataene når ikke til slutten av den.",
}
