"""Whole files to begin with, as TOML with comments: what the commands read."""

from importlib.resources import files

from vft.errors import VftError

NAMES = ("scenario", "locks", "response-load", "workforce")


def example(name: str) -> str:
    """The text of an example.

    Raises:
        VftError: there is no example of that name.
    """
    if name not in NAMES:
        raise VftError(f"Eksempelet «{name}» finnes ikke; de som finnes, er {', '.join(NAMES)}.")
    path = files("vft.simulation") / "data" / f"example_{name.replace('-', '_')}.toml"
    return path.read_text(encoding="utf-8")
