"""Pseudonyms: what the lake knows a person by."""

import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_FINGERPRINT_OF = b"vft lake pseudonym key"


class Pseudonymiser:
    """Identity numbers to 63-bit pseudonyms: the same for the same key, and not to be undone.

    HMAC-SHA-256, first 8 bytes, sign bit cleared. Remembers whom it has seen, so use one a file.
    """

    def __init__(self, key: bytes) -> None:
        import pyarrow as pa

        self._key = key
        self._identities = pa.array([], pa.string())
        self._pseudonyms = pa.array([], pa.int64())

    @property
    def fingerprint(self) -> str:
        """Tells one key from another and gives neither away."""
        return hmac.new(self._key, _FINGERPRINT_OF, "sha256").hexdigest()[:16]

    def fresh(self) -> "Pseudonymiser":
        """The same key, nobody seen yet."""
        return Pseudonymiser(self._key)

    def one(self, identity: str) -> int:
        """The pseudonym of one identity number."""
        digest = hmac.digest(self._key, identity.encode(), "sha256")
        return int.from_bytes(digest[:8], "big") >> 1

    def arrow(self, identities: "pa.Array | pa.ChunkedArray") -> "pa.Array":
        """Pseudonyms (int64) of identity numbers (string); null stays null.

        Only values that were not seen before are hashed.
        """
        import pyarrow.compute as pc

        whole = identities.combine_chunks() if hasattr(identities, "chunks") else identities
        place = pc.index_in(whole, value_set=self._identities)
        unseen = whole.filter(pc.and_(place.is_null(), whole.is_valid()))
        if len(unseen):
            self._meet(unseen.unique())
            place = pc.index_in(whole, value_set=self._identities)
        return pc.take(self._pseudonyms, place)

    def known(self) -> "pa.Table":
        """Everyone seen: ``recipient_id`` int64, ``identity`` string."""
        import pyarrow as pa

        return pa.table({"recipient_id": self._pseudonyms, "identity": self._identities})

    def _meet(self, identities: "pa.Array") -> None:
        import pyarrow as pa

        made = pa.array([self.one(identity) for identity in identities.to_pylist()], pa.int64())
        self._identities = pa.concat_arrays([self._identities, identities])
        self._pseudonyms = pa.concat_arrays([self._pseudonyms, made])
