"""Who the pseudonyms are: remembered when files are read, shown to few, logged, forgotten.

Names are enciphered one by one, since a cipher takes one value at a time; everything around
that is done on whole columns, and only for rows that are new or changed.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from vft.access import audit, crypt, second_factor
from vft.access.models import Identity, User
from vft.access.writes import writing

if TYPE_CHECKING:
    import pyarrow as pa

#: SQLite takes 999 values in a statement.
_AT_ONCE = 900
_NAMED = ("identity", "given_name", "family_name", "fingerprint")


@dataclass(frozen=True, kw_only=True)
class Person:
    """A recipient as those with a professional need are shown her."""

    recipient_id: int
    identity: str
    given_name: str
    family_name: str
    address_blocked: bool

    @property
    def name(self) -> str:
        """Family name first, as in the EPJ's lists."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)


def remember(people: "pa.Table") -> int:
    """Store who the recipients are; gives how many rows were new or changed.

    ``people``: recipient_id (int64), identity, given_name, family_name (string or null),
    address_blocked (boolean or null). A row without names, or without an answer on blocking,
    leaves what is known: a file that lacks the column must not lift a blocking.
    """
    told = _one_row_each(people)
    known = _known()
    new = _not_in(told, known)
    renamed = _renamed(told, known)
    with writing():
        _store(new, update=())
        _store(renamed, update=_NAMED)
        blocked = _block(told, known)
        count = int(new.num_rows + renamed.num_rows + blocked)
        if count:
            audit.handled(what="Identiteter tatt imot", purpose="innlesing", count=count)
    return count


def names(
    recipient_ids: Iterable[int], *, by: User, role: str, purpose: str, what: str = "Navn vist"
) -> dict[int, Person]:
    """The persons behind pseudonyms, logged before they are given. Who is not known is in neither.

    The caller has asked ``scope.may(by, scope.PERSONS, lineage)`` for the unit they live in.

    Raises:
        AccessDenied: no purpose is given.
    """
    found = Identity.objects.in_bulk(list(dict.fromkeys(recipient_ids)))
    audit.saw(by=by, role=role, purpose=purpose, what=what, recipients=list(found))
    return {key: _person(row) for key, row in found.items()}


def forget(recipient_id: int) -> bool:
    """Remove a person's identity; whether there was one. The access log is kept, as law asks."""
    with writing():
        gone, _ = Identity.objects.filter(pk=recipient_id).delete()
        audit.handled(
            what="Identitet slettet", purpose="sletting", count=gone, recipient=recipient_id
        )
    return bool(gone)


def rotate_keys() -> int:
    """Encrypt every identity with a new key, then drop the old keys; gives how many.

    The whole is one transaction. Stopped before its end, the old keys are still there and
    nothing is lost: run it again.
    """
    crypt.add_key()
    with writing():
        rows = [_renewed(row) for row in Identity.objects.iterator(chunk_size=_AT_ONCE)]
        Identity.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["recipient_id"], update_fields=_NAMED
        )
        second_factor.renew()
    crypt.drop_old_keys()
    return len(rows)


def _one_row_each(people: "pa.Table") -> "pa.Table":
    """One row a recipient: the last that was said of each thing."""
    columns = ("identity", "given_name", "family_name", "address_blocked")
    last = people.group_by("recipient_id", use_threads=False).aggregate(
        [(name, "last") for name in columns]
    )
    return last.rename_columns(["recipient_id", *columns])


def _known() -> "pa.Table":
    import pyarrow as pa

    rows = list(Identity.objects.values_list("recipient_id", "fingerprint", "address_blocked"))
    ids, prints, blocked = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {
            "recipient_id": pa.array(ids, pa.int64()),
            "known_print": pa.array(prints, pa.string()),
            "known_blocked": pa.array(blocked, pa.bool_()),
        }
    )


def _not_in(told: "pa.Table", known: "pa.Table") -> "pa.Table":
    return _with_fingerprint(
        told.join(known.select(["recipient_id"]), "recipient_id", join_type="left anti")
    )


def _renamed(told: "pa.Table", known: "pa.Table") -> "pa.Table":
    import pyarrow.compute as pc

    named = told.filter(pc.or_(told["given_name"].is_valid(), told["family_name"].is_valid()))
    both = _with_fingerprint(named.join(known, "recipient_id", join_type="inner"))
    return both.filter(pc.not_equal(both["fingerprint"], both["known_print"]))


def _block(told: "pa.Table", known: "pa.Table") -> int:
    import pyarrow.compute as pc

    both = told.join(known, "recipient_id", join_type="inner")
    other = both.filter(pc.not_equal(both["address_blocked"], both["known_blocked"]))
    for answer in (True, False):
        ids = other.filter(pc.equal(other["address_blocked"], answer))["recipient_id"].to_pylist()
        for start in range(0, len(ids), _AT_ONCE):
            chosen = Identity.objects.filter(pk__in=ids[start : start + _AT_ONCE])
            chosen.update(address_blocked=answer)
    return int(other.num_rows)


def _with_fingerprint(rows: "pa.Table") -> "pa.Table":
    import pyarrow as pa

    key = crypt.keys()[0].encode()
    said = rows.select(["identity", "given_name", "family_name"]).to_pydict().values()
    prints = [_fingerprint(key, *texts) for texts in zip(*said, strict=True)]
    return rows.append_column("fingerprint", pa.array(prints, pa.string()))


def _fingerprint(key: bytes, *texts: str | None) -> str:
    content = "\x1f".join(text or "" for text in texts)
    return hmac.new(key, content.encode(), sha256).hexdigest()[:32]


def _store(rows: "pa.Table", *, update: Sequence[str]) -> None:
    if not rows.num_rows:
        return
    conflict: dict[str, Any] = {"update_conflicts": True, "unique_fields": ["recipient_id"]}
    Identity.objects.bulk_create(
        [_row(said) for said in rows.to_pylist()],
        **(conflict | {"update_fields": update} if update else {}),
    )


def _row(said: dict[str, Any]) -> Identity:
    return Identity(
        recipient_id=said["recipient_id"],
        identity=said["identity"],
        given_name=said["given_name"],
        family_name=said["family_name"],
        address_blocked=bool(said["address_blocked"]),
        fingerprint=said["fingerprint"],
    )


def _renewed(row: Identity) -> Identity:
    key = crypt.keys()[0].encode()
    row.fingerprint = _fingerprint(key, row.identity, row.given_name, row.family_name)
    return row


def _person(row: Identity) -> Person:
    return Person(
        recipient_id=row.recipient_id,
        identity=row.identity or "",
        given_name=row.given_name or "",
        family_name=row.family_name or "",
        address_blocked=row.address_blocked,
    )
