"""A delivered file's way into the lake: look, keep, read, check, put aside, load, in one change.

A file that is not what its mapping says is refused at a glance, whatever its size. It stays where
it was delivered and the vault never has it: nobody asked for what it may hold. Any other is in the
vault before its rows are read. Its good rows are loaded by business key, its bad rows are
quarantined, and all of it becomes visible at once, with the receipt.
"""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vft.errors import FileRefused, LakeError
from vft.lake import deliveries, quarantine
from vft.lake.acceptable import TooManyBadRows, require_mostly_good
from vft.lake.ahead import read_ahead
from vft.lake.deliveries import Delivery
from vft.lake.lake import Lake
from vft.lake.pseudonym import Pseudonymiser
from vft.lake.repeated import drop_repeated
from vft.lake.staging import Staging, contracts_of
from vft.lake.upsert import Arrival, Upserted, upsert
from vft.lake.validate import Units
from vft.lake.vault import RawRows, Stored, Vault
from vft.lake.writing import Change, writing
from vft.sources import faults
from vft.sources.mapping import Mapping
from vft.sources.read import Reading, open_delivery
from vft.tables.period import LOCAL_ZONE, month_of
from vft.tables.schema import Table

if TYPE_CHECKING:
    import pyarrow as pa

#: Bytes done and bytes in all.
Progress = Callable[[int, int], None]
#: Gets ``recipient_id``, ``identity``, ``given_name``, ``family_name``, ``address_blocked``.
Identities = Callable[["pa.Table"], None]

_MEMORY_LIMIT = "1.2GB"
_GLIMPSE = 1 << 20
#: Of the work with a file, reading's part.
_READING = 0.6


def receive(  # noqa: PLR0913 -- each is the caller's own choice
    lake: Lake,
    vault: Vault,
    path: Path,
    mapping: Mapping,
    pseudonymiser: Pseudonymiser,
    *,
    identities: Identities | None = None,
    on_progress: Progress | None = None,
    now: datetime | None = None,
) -> Delivery:
    """Take one file into the lake, or refuse it whole; either way there is a receipt.

    A file that is refused at a glance is not kept; the hash of its receipt is of its beginning.
    The same content under the same mapping again changes nothing and gives the first receipt with
    status ``unchanged``, unless it was refused, or had rows whose units were not known and units
    have come since: then it is read again. ``identities`` is called once, before anything becomes
    visible, with everyone the file names, and may stop the load by raising.

    Raises:
        LakeError: another writer holds the lake, or the pseudonym key is not the lake's.
        VaultError: the vault's public key is not there.
    """
    with writing(
        lake, reason=f"{mapping.source.id}: {path.name}", now=now, memory_limit=_MEMORY_LIMIT
    ) as change:
        _require_same_key(change, pseudonymiser)
        try:
            reading = open_delivery(path, mapping)
        except FileRefused as refusal:
            return _refuse_unread(change, path, mapping, refusal)
        incoming = _Incoming(
            change=change,
            vault=vault,
            path=path,
            mapping=mapping,
            reading=reading,
            pseudonymiser=pseudonymiser.fresh(),
            stored=vault.keep(path),
            number=deliveries.next_number(change),
            on_progress=on_progress,
        )
        return _take_in(incoming, identities)


def receive_all(  # noqa: PLR0913 -- as receive
    lake: Lake,
    vault: Vault,
    files: Iterable[tuple[Path, Mapping]],
    pseudonymiser: Pseudonymiser,
    *,
    identities: Identities | None = None,
    on_progress: Progress | None = None,
    on_delivery: Callable[[Delivery], None] | None = None,
    now: datetime | None = None,
) -> list[Delivery]:
    """Take several files in, one state of the lake each; files with units first.

    Interrupted, it is resumed by doing it again: what is in already is recognised.
    """
    ordered = sorted(files, key=lambda f: all(t.name != "units" for t in f[1].tables))
    total = sum(path.stat().st_size for path, _ in ordered)
    received: list[Delivery] = []
    done = 0
    for path, mapping in ordered:
        progress = _shifted(on_progress, done, total)
        received.append(
            receive(
                lake,
                vault,
                path,
                mapping,
                pseudonymiser,
                identities=identities,
                on_progress=progress,
                now=now,
            )
        )
        done += path.stat().st_size
        if on_progress:
            # a file that was refused or known stopped short of its end
            on_progress(done, total)
        if on_delivery:
            on_delivery(received[-1])
    return received


@dataclass(frozen=True, kw_only=True)
class _Incoming:
    """A file, and all that is needed to take it in."""

    change: Change
    vault: Vault
    path: Path
    mapping: Mapping
    reading: Reading
    pseudonymiser: Pseudonymiser
    stored: Stored
    number: int
    on_progress: Progress | None

    @property
    def contracts(self) -> dict[str, Table]:
        return contracts_of([table.name for table in self.mapping.tables])

    def progress(self, share: float) -> None:
        if self.on_progress:
            self.on_progress(int(share * self.stored.bytes), self.stored.bytes)

    def receipt(self, **fields: Any) -> Delivery:
        known: dict[str, Any] = {
            "delivery": self.number,
            "source": self.mapping.source.id,
            "file_name": self.path.name,
            "sha256": self.stored.sha256,
            "mapping_sha256": self.mapping.sha256,
            "bytes": self.stored.bytes,
            "received_at": self.change.now,
        }
        return Delivery(**known, **fields)


def _refuse_unread(change: Change, path: Path, mapping: Mapping, refusal: FileRefused) -> Delivery:
    glimpsed = _glimpsed(path)
    before = deliveries.find(change, sha256=glimpsed, mapping_sha256=mapping.sha256)
    if before is not None and before.status != "refused":
        return before.again()  # taken in when less was asked of a file
    delivery = Delivery(
        delivery=deliveries.next_number(change),
        source=mapping.source.id,
        file_name=path.name,
        sha256=glimpsed,
        mapping_sha256=mapping.sha256,
        bytes=path.stat().st_size,
        received_at=change.now,
        status="refused",
        refused_kind=refusal.kind,
        refused_reason=str(refusal),
        copy="never",
    )
    if before is not None and _same_refusal(before, delivery):
        return before
    deliveries.record(change, delivery)
    return delivery


def _glimpsed(path: Path) -> str:
    """SHA-256 of a small file; of a large one's beginning, size and name, had at once.

    Two exports may begin alike and be as large: the name keeps one's receipt from the other.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        looked = hashlib.sha256(file.read(_GLIMPSE))
    if size > _GLIMPSE:
        looked.update(f"{size} {path.name}".encode())
    return looked.hexdigest()


def _take_in(incoming: _Incoming, identities: Identities | None) -> Delivery:
    before = deliveries.find(
        incoming.change,
        sha256=incoming.stored.sha256,
        mapping_sha256=incoming.mapping.sha256,
    )
    if before is not None and _is_final(incoming, before):
        if before.copy != "kept" and not incoming.stored.already:
            # erasure or retention took the copy: a sender who sends again must not undo that
            incoming.vault.drop_received(incoming.stored.sha256)
        return before.again()
    delivery = _load_or_refuse(incoming, identities)
    if before is not None and _same_refusal(before, delivery):
        return before
    deliveries.record(incoming.change, delivery)
    return delivery


def _is_final(incoming: _Incoming, before: Delivery) -> bool:
    """Whether the same content would fare as it did before."""
    if before.status == "refused":
        return False
    change = incoming.change
    return not (
        quarantine.lacked_units(change, delivery=before.delivery)
        and _last_units(change) > before.delivery
    )


def _load_or_refuse(incoming: _Incoming, identities: Identities | None) -> Delivery:
    # a load that died after its raw rows were kept must not lend them to this one
    incoming.vault.drop_refused(incoming.number)
    try:
        with incoming.vault.refusing(incoming.number) as raw:
            staging, found = _read(incoming, raw)
    except FileRefused as refusal:
        rows = refusal.counts if isinstance(refusal, TooManyBadRows) else {}
        reason = {"refused_kind": refusal.kind, "refused_reason": str(refusal)}
        return incoming.receipt(status="refused", **reason, **rows)
    counts = _load(incoming, staging)
    quarantine.record(incoming.change, found, delivery=incoming.number)
    if identities is not None:
        _hand_over(incoming, staging, identities)
    incoming.progress(1.0)
    return _receipt(incoming, staging, found, counts)


def _read(incoming: _Incoming, raw: RawRows) -> tuple[Staging, "pa.Table"]:
    """Put the file's good rows aside and its bad rows in the vault. Gives all faults.

    Raises:
        FileRefused: the file cannot be read, or too many of its rows are bad.
    """
    change = incoming.change
    staging = Staging(
        incoming.contracts,
        folder=change.scratch_folder(),
        connection=change.connection,
        pseudonymiser=incoming.pseudonymiser,
        units=Units(_known_units(incoming)),
    )
    with closing(read_ahead(incoming.reading.batches())) as batches:
        for batch in batches:
            bad = staging.take(batch)
            if len(bad):
                raw.add(batch.raw(bad))
            incoming.progress(_READING * incoming.reading.share_read)
    late = drop_repeated(change.connection, staging.staged())
    found = faults.together([*staging.faults, late])
    require_mostly_good(
        found,
        rows_read=staging.rows_read,
        refuse_above=incoming.mapping.source.refuse_above,
    )
    _keep_raw_of(incoming, late, raw)
    return staging, found


def _keep_raw_of(incoming: _Incoming, late: "pa.Table", raw: RawRows) -> None:
    """Read the file again for the rows that were found bad when all had been read."""
    import pyarrow.compute as pc

    if not late.num_rows:
        return
    wanted = late["row"].combine_chunks()
    # without tables nothing is converted: quick
    bare = incoming.mapping.model_copy(update={"tables": ()})
    with closing(read_ahead(open_delivery(incoming.path, bare).batches())) as batches:
        for batch in batches:
            rows = batch.raw()
            raw.add(rows.filter(pc.is_in(rows["row"], value_set=wanted)))


def _load(incoming: _Incoming, staging: Staging) -> dict[str, Upserted]:
    change = incoming.change
    if any(contract.person_columns for contract in incoming.contracts.values()):
        change.pseudonym_key = incoming.pseudonymiser.fingerprint
    arrival = Arrival(
        source=incoming.mapping.source.id,
        delivery=incoming.number,
        horizon=month_of(change.now.astimezone(LOCAL_ZONE).date()),
    )
    return {name: upsert(change, stage, arrival) for name, stage in staging.staged().items()}


def _receipt(
    incoming: _Incoming, staging: Staging, found: "pa.Table", counts: dict[str, Upserted]
) -> Delivery:
    import pyarrow.compute as pc

    bad = pc.count_distinct(found["row"]).as_py()
    added, changed = (sum(getattr(c, n) for c in counts.values()) for n in ("added", "changed"))
    first, last = _span(incoming, staging)
    return incoming.receipt(
        status="loaded" if added or changed or bad else "unchanged",
        rows_read=staging.rows_read,
        rows_good=staging.rows_read - bad,
        rows_bad=bad,
        added=added,
        changed=changed,
        unchanged=sum(c.unchanged for c in counts.values()),
        first_date=first,
        last_date=last,
    )


def _span(incoming: _Incoming, staging: Staging) -> tuple[date | None, date | None]:
    """First and last day that the rows speak of; a planned end is no day yet."""
    today = incoming.change.now.astimezone(LOCAL_ZONE).date()
    columns = [
        f"SELECT min({day}), max({day}) FROM good_{name} WHERE {day} <= DATE '{today}'"
        for name, stage in staging.staged().items()
        for day in _days(stage.contract)
    ]
    if not columns:
        return None, None
    sql = f"SELECT min(first), max(last) FROM ({' UNION ALL '.join(columns)}) AS s(first, last)"
    first, last = incoming.change.connection.execute(sql).fetchone()
    return first, last


def _days(contract: Table) -> list[str]:
    """SQL for the days that a row of a table speaks of."""
    if contract.is_event:
        return ["local_date"]
    if not contract.is_interval:
        return list(contract.dates)
    # intervals are half-open: the day that one ends on is no longer of it
    last = "greatest(ends_on - 1, starts_on)"
    return [last if column == "ends_on" else column for column in contract.dates]


def _hand_over(incoming: _Incoming, staging: Staging, identities: Identities) -> None:
    """Tell whoever keeps identities whom the file names."""
    import pyarrow as pa

    known = incoming.pseudonymiser.known()
    if not known.num_rows:
        return
    connection = incoming.change.connection
    connection.register("known", known)
    names = pa.concat_tables(staging.names) if staging.names else _no_names()
    connection.register("names", names)
    identities(
        connection.execute(
            """
            SELECT recipient_id, identity, given_name, family_name, address_blocked
            FROM known LEFT JOIN (
                SELECT * FROM names QUALIFY row = max(row) OVER (PARTITION BY recipient_id)
            ) USING (recipient_id)
            """
        ).to_arrow_table()
    )


def _no_names() -> "pa.Table":
    import pyarrow as pa

    contract = contracts_of(["identities"])["identities"]
    fields = [(c.name, c.arrow_type()) for c in contract.columns]
    return pa.schema([*fields, ("row", pa.int64())]).empty_table()


def _known_units(incoming: _Incoming) -> "pa.Table":
    change = incoming.change
    sql = f"""
        SELECT code, level, starts_on, source = ? AS own, 0::BIGINT AS row
        FROM ({change.select("units")})
    """
    return change.connection.execute(sql, [incoming.mapping.source.id]).to_arrow_table()


def _last_units(change: Change) -> int:
    """The last delivery that brought or changed units; 0 when there are none."""
    sql = f"SELECT coalesce(max(delivery), 0) FROM ({change.select('units')})"
    return int(change.connection.execute(sql).fetchone()[0])


def _require_same_key(change: Change, pseudonymiser: Pseudonymiser) -> None:
    if change.pseudonym_key not in ("", pseudonymiser.fingerprint):
        raise LakeError(
            "Pseudonymnøkkelen er ikke den som datalagerets pseudonymer er laget med. "
            "Ingenting er tatt inn. Legg tilbake den riktige nøkkelen."
        )


def _same_refusal(before: Delivery, now: Delivery) -> bool:
    return now.status == "refused" and (before.refused_kind, before.refused_reason) == (
        now.refused_kind,
        now.refused_reason,
    )


def _shifted(on_progress: Progress | None, before: int, total: int) -> Progress | None:
    if on_progress is None:
        return None
    return lambda done, _: on_progress(before + done, total)
