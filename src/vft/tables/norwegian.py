"""What screens and commands write the same Norwegian way: numbers, and the order of names."""

from collections.abc import Sequence

#: Between thousands, and between a number and its unit: never breaks over a line.
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def number(value: float) -> str:
    """1 234, to the nearest whole number."""
    return f"{value:z,.0f}".replace(",", SPACE).replace("-", MINUS)


def decimal(value: float, places: int = 1) -> str:
    """1 234,5."""
    return f"{value:z,.{places}f}".replace(",", SPACE).replace(".", ",").replace("-", MINUS)


def plain(value: float) -> str:
    """4, and 2,5: as many decimals as it has, at most six."""
    return decimal(value, len(f"{value:.6f}".rstrip("0").partition(".")[2]))


def counted(count: int, one: str, many: str) -> str:
    """1 fil, 1 234 filer."""
    return f"{number(count)} {one if count == 1 else many}"


def listed(words: Sequence[str], last: str = "og") -> str:
    """a, b og c."""
    head, tail = words[:-1], words[-1:]
    return f" {last} ".join([", ".join(head), *tail]) if head else "".join(tail)


def alphabetical(text: str) -> str:
    """A sorting key that puts æ, ø and å last, whatever the machine's own order."""
    order = str.maketrans({"æ": "{", "ø": "|", "å": "}"})
    return text.casefold().translate(order)


def in_sentence(text: str) -> str:
    """A title as inside a sentence: alarmer. An abbreviation stays: VFT-koordinator."""
    first = text.partition(" ")[0]
    is_abbreviation = sum(letter.isupper() for letter in first) > 1
    return text if is_abbreviation else text[:1].lower() + text[1:]
