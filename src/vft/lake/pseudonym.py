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
        self._key = key
        self._seen: dict[str, int] = {}

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
        import pyarrow as pa
        import pyarrow.compute as pc

        whole = identities.combine_chunks() if hasattr(identities, "chunks") else identities
        coded = whole.dictionary_encode()
        distinct = [self._pseudonym(identity) for identity in coded.dictionary.to_pylist()]
        return pc.take(pa.array(distinct, pa.int64()), coded.indices)

    def known(self) -> "pa.Table":
        """Everyone seen: ``recipient_id`` int64, ``identity`` string."""
        import pyarrow as pa

        return pa.table(
            {
                "recipient_id": pa.array(self._seen.values(), pa.int64()),
                "identity": pa.array(self._seen.keys(), pa.string()),
            }
        )

    def _pseudonym(self, identity: str) -> int:
        found = self._seen.get(identity)
        if found is None:
            found = self._seen[identity] = self.one(identity)
        return found
