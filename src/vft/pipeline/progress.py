"""How long work tells where it is."""

from typing import Protocol


class Progress(Protocol):
    """Called with the stage in bokmål, what is done, and the whole, in the stage's own unit."""

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


def silent(_stage: str, _done: int, _total: int, /) -> None:
    """For callers that show nothing."""
