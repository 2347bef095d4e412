import hashlib
import hmac

import pyarrow as pa
from factories import identity

from vft.lake.pseudonym import Pseudonymiser

KEY = b"k" * 32


def test_a_pseudonym_is_the_first_63_bits_of_a_keyed_hash():
    digest = hmac.new(KEY, identity(1).encode(), hashlib.sha256).digest()
    assert Pseudonymiser(KEY).one(identity(1)) == int.from_bytes(digest[:8], "big") // 2


def test_a_column_is_pseudonymised_alike_whatever_its_batches():
    people = [identity(1), identity(2), None, identity(1), identity(3)]
    whole = Pseudonymiser(KEY).arrow(pa.array(people)).to_pylist()
    batchwise = Pseudonymiser(KEY)
    parts = [batchwise.arrow(pa.array(part, pa.string())) for part in (people[:2], people[2:])]
    assert [v for part in parts for v in part.to_pylist()] == whole
    assert whole[2] is None
    assert whole[0] == whole[3] == Pseudonymiser(KEY).one(identity(1))
    assert len({*whole}) == 4
    assert all(v >= 0 for v in whole if v is not None)


def test_a_chunked_column_without_anyone_is_no_trouble():
    made = Pseudonymiser(KEY)
    assert made.arrow(pa.chunked_array([[None], []], pa.string())).to_pylist() == [None]
    assert made.known().num_rows == 0


def test_everyone_seen_is_known_once_and_nobody_else():
    made = Pseudonymiser(KEY)
    made.arrow(pa.array([identity(1), identity(2), identity(1)]))
    made.arrow(pa.array([identity(2), None]))
    assert made.known().to_pylist() == [
        {"recipient_id": made.one(identity(n)), "identity": identity(n)} for n in (1, 2)
    ]
    assert made.fresh().known().num_rows == 0


def test_another_key_gives_other_pseudonyms_and_another_fingerprint():
    one, other = Pseudonymiser(KEY), Pseudonymiser(b"l" * 32)
    assert one.one(identity(1)) != other.one(identity(1))
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint == one.fresh().fingerprint
    assert KEY.hex() not in one.fingerprint
