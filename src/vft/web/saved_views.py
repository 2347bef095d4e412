"""Saved views are made, named anew and removed here and nowhere else."""

from uuid import UUID

from vft.access.models import User
from vft.access.writes import writing
from vft.web.models import Room, SavedView

#: More than this is no list to choose from.
MOST = 50


def saved_by(owner: User) -> list[SavedView]:
    """What someone has saved, the newest first: one question."""
    return list(SavedView.objects.filter(owner=owner))


def is_full(owner: User) -> bool:
    """Whether there is no room for another."""
    return SavedView.objects.filter(owner=owner).count() >= MOST


def save(*, owner: User, name: str, room: Room, query: str) -> SavedView:
    """Save a view under a name. The same choices saved again get the new name."""
    with writing():
        view, is_new = SavedView.objects.get_or_create(
            owner=owner, room=room, query=query, defaults={"name": name}
        )
        if not is_new:
            view.name = name
            view.save(update_fields=["name"])
    return view


def rename(*, view: SavedView, name: str) -> None:
    """Give a saved view another name."""
    with writing():
        view.name = name
        view.save(update_fields=["name"])


def remove(*, view: SavedView) -> None:
    """Remove a saved view. The address it stood for works as before."""
    with writing():
        view.delete()


def of(owner: User, view_id: UUID) -> SavedView | None:
    """One of someone's own views; None where it is another's, or is not there."""
    return SavedView.objects.filter(owner=owner, pk=view_id).first()
