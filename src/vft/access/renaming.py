"""New pseudonyms for the identities and the access log, when the pseudonym key is changed."""

from typing import TYPE_CHECKING, Protocol

from vft.access.models import AccessLog, Identity
from vft.access.writes import writing

if TYPE_CHECKING:
    import pyarrow as pa

_AT_ONCE = 900


class Pseudonyms(Protocol):
    """Makes pseudonyms of identity numbers."""

    def arrow(self, identities: "pa.Array") -> "pa.Array":
        """One pseudonym (int64) an identity number, in order."""
        ...


def everyone() -> "pa.Table":
    """All known recipients: ``recipient_id`` int64 and ``identity`` string."""
    import pyarrow as pa

    rows = list(Identity.objects.order_by("recipient_id").values_list("recipient_id", "identity"))
    ids, numbers = zip(*rows, strict=True) if rows else ((), ())
    return pa.table(
        {"recipient_id": pa.array(ids, pa.int64()), "identity": pa.array(numbers, pa.string())}
    )


def rename(pseudonyms: Pseudonyms) -> int:
    """Let identities and log speak of recipients by these pseudonyms. Gives how many were renamed.

    One transaction; those that already have theirs are left, so that it can be done again.
    """
    known = everyone()
    made = pseudonyms.arrow(known["identity"].combine_chunks()).to_pylist()
    new = {
        old: fresh
        for old, fresh in zip(known["recipient_id"].to_pylist(), made, strict=True)
        if old != fresh
    }
    with writing():
        _rename_identities(new)
        _rename_log(new)
    return len(new)


def _rename_identities(new: dict[int, int]) -> None:
    moved = [row for row in Identity.objects.iterator() if row.pk in new]
    olds = [row.pk for row in moved]
    for row in moved:
        row.pk = new[row.pk]
    for start in range(0, len(olds), _AT_ONCE):
        Identity.objects.filter(pk__in=olds[start : start + _AT_ONCE]).delete()
    Identity.objects.bulk_create(moved, batch_size=_AT_ONCE)


def _rename_log(new: dict[int, int]) -> None:
    logged = [
        row
        for row in AccessLog.objects.filter(recipient_id__isnull=False).iterator()
        if row.recipient_id in new
    ]
    for row in logged:
        row.recipient_id = new[row.recipient_id or 0]
    AccessLog.objects.bulk_update(logged, ["recipient_id"], batch_size=_AT_ONCE)
