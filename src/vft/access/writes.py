"""Only actions write: a model that is marked so refuses every other save."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models, transaction

M = TypeVar("M", bound=models.Model)

_open: ContextVar[bool] = ContextVar("vft_access_writing", default=False)


class WrittenOutsideAction(RuntimeError):
    """A fault in the program: a row was written past the actions, and so past the audit."""


@contextmanager
def writing() -> Iterator[None]:
    """Open the guarded models for writing, in one transaction. For actions only."""
    token = _open.set(True)
    try:
        with transaction.atomic():
            yield
    finally:
        _open.reset(token)


def _require_action() -> None:
    if not _open.get():
        raise WrittenOutsideAction("Guarded rows are written by actions only.")


class GuardedQuerySet(models.QuerySet[M]):
    """Refuses the writes that pass by ``save``."""

    def update(self, **kwargs: Any) -> int:
        """Change rows; only inside an action."""
        _require_action()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove rows; only inside an action."""
        _require_action()
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        """Add rows; only inside an action."""
        _require_action()
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Change rows; only inside an action."""
        _require_action()
        return super().bulk_update(*args, **kwargs)


class Guarded(models.Model):
    """A model that only actions write."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row; only inside an action."""
        _require_action()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row; only inside an action."""
        _require_action()
        return super().delete(*args, **kwargs)


class AppendOnly(Guarded):
    """A model whose rows are added and never changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; a second save is refused."""
        if self.pk is not None and not self._state.adding:
            raise WrittenOutsideAction("A log row is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: retention removes whole spans through the queryset."""
        raise WrittenOutsideAction("A log row is never removed one by one.")
