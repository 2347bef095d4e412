"""Exports that a reader can hold in her head."""

from factories import identity

UNITS = """kode;navn;nivå;overordnet;fra_dato;til_dato
0301;Oslo;kommune;;2004-01-01;
030101;Gamle Oslo;bydel;0301;2004-01-01;
030102;Grünerløkka;bydel;0301;2004-01-01;
030117;Marka;bydel;0301;2004-01-01;
"""
VEDTAK_HEADING = (
    "Vedtaksnr;Fødselsnummer;Tjeneste;Ansvarlig enhet;Vedtaksdato;Fra dato;Til dato;"
    "Timer per uke;Status;Sluttårsak;Vurdert VFT;Begrunnelse\n"
)


def vedtak(*, ends_on="", count=9):
    """An export of decisions; the last one, of April, reaches furthest and ends on ``ends_on``."""
    rows = [
        f"V{n};{identity(n)};TRYGG;030101;01.02.2024;05.02.2024;;;Innvilget;;;\n"
        for n in range(count - 1)
    ]
    last = count - 1
    rows.append(
        f"V{last};{identity(last)};TRYGG;030101;01.04.2024;05.04.2024;{ends_on};;Innvilget;;;\n"
    )
    return VEDTAK_HEADING + "".join(rows)


#: (given name, family name, blocked address, where she lives)
NAMED = [
    ("Åse", "Ås", "N", "030101"),
    ("Kari", "Sperret", "J", "030101"),
    ("Ola", "Annetsteds", "N", "030102"),
]


def recipients():
    """Who the first recipients are."""
    heading = (
        "Fødselsnummer;Fornavn;Etternavn;Adressesperre;Fødselsår;Kjønn;Husstand;Død dato;"
        "Flyttet dato\n"
    )
    return heading + "".join(
        f"{identity(n)};{given};{family};{blocked};1940;K;ALENE;;\n"
        for n, (given, family, blocked, _) in enumerate(NAMED)
    )


def residences():
    """Where they live."""
    return "Fødselsnummer;Enhet;Fra dato;Til dato\n" + "".join(
        f"{identity(n)};{unit};01.01.2020;\n" for n, (*_, unit) in enumerate(NAMED)
    )
