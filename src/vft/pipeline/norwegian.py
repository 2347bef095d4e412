"""What screens and commands write the same Norwegian way: the order of names."""


def alphabetical(text: str) -> str:
    """A sorting key that puts æ, ø and å last, whatever the machine's own order."""
    order = str.maketrans({"æ": "{", "ø": "|", "å": "}"})
    return text.casefold().translate(order)
