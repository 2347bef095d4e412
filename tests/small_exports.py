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
    """An export of decisions, the last of which ends on ``ends_on``."""
    ends = [*[""] * (count - 1), ends_on]
    rows = (
        f"V{n};{identity(n)};TRYGG;030101;01.02.2024;05.02.2024;{end};;Innvilget;;;\n"
        for n, end in enumerate(ends)
    )
    return VEDTAK_HEADING + "".join(rows)
