"""A fault in TOML is told in bokmål, with line and character."""

import re

import pytest
from visible import rows

from vft.sources.toml import TomlFault, loads

LONG = "9" * 5_000
#: ⏎ is the end of a line.
FAULTS = rows(
    """
    text                | where                            | what
    a 1                 | linje 1, tegn 3                  | likhetstegnet etter navnet mangler
    a = 1⏎b = uten      | linje 2, tegn 5                  | tekst står i anførselstegn
    a = 1,5             | linje 1, tegn 6                  | det står noe mer etter verdien
    a = "uten slutt⏎b=1 | linje 1, tegn 16                 | anførselstegnet etter teksten mangler
    a = '''uten slutt   | slutten av filen, linje 1        | anførselstegnet etter teksten mangler
    a = 1⏎⏎a = 2        | slutten av filen, linje 3        | navnet er brukt før
    [a]⏎b = 1⏎[a]⏎b = 2 | linje 3, tegn 3                  | navnet er brukt før
    a = {b = 1, b = 2}  | linje 1, tegn 18                 | navnet er brukt før
    a = [1, 2⏎          | slutten av filen, linje 1        | klammen er ikke lukket med ]
    [a⏎b = 1            | linje 1, tegn 3                  | klammen er ikke lukket med ]
    a = {b = 1          | slutten av filen, linje 1        | klammen er ikke lukket med }
    a = "C:\\mappe"     | linje 1, tegn 10                 | må skrives to ganger
    a = 2021-02-30      | linje 1, tegn 5                  | datoen finnes ikke
    år = 1              | linje 1, tegn 1                  | her må det stå et navn
    a.å = 1             | linje 1, tegn 3                  | her må det stå et navn
    a = 1 # \x00        | linje 1, tegn 9                  | tegnet kan ikke stå her
    """
)


@pytest.mark.parametrize("row", FAULTS, ids=[row["text"] for row in FAULTS])
def test_a_fault_is_told_with_its_place(row):
    with pytest.raises(TomlFault, match=re.escape(row["what"])) as told:
        loads(row["text"].replace("⏎", "\n"))
    assert str(told.value).startswith(f"{row['where']}: ")


@pytest.mark.parametrize(
    ("text", "what"),
    [("a = " + "[" * 3_000, "for mange klammer"), (f"a = {LONG}", "et tall som er for langt")],
)
def test_a_fault_without_a_place_is_told_too(text, what):
    with pytest.raises(TomlFault, match=what):
        loads(text)


def test_no_fault_is_told_in_english():
    for row in FAULTS:
        with pytest.raises(TomlFault) as told:
            loads(row["text"].replace("⏎", "\n"))
        english = r"\b(at|line|column|Expected|Invalid|Cannot|end of)\b"
        assert not re.search(english, str(told.value))
        assert "kan ikke leses" not in str(told.value) or "verdien" in str(told.value)


def test_what_is_right_is_read():
    assert loads('a = 1\n[b]\nc = ["æ"]') == {"a": 1, "b": {"c": ["æ"]}}
