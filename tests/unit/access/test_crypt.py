import stat

import pytest

from vft.access import crypt
from vft.errors import VaultError


def test_what_is_encrypted_can_be_read_again_and_not_in_the_database():
    token = crypt.encrypt("Åse Ødegård")
    assert b"degard" not in token
    assert crypt.decrypt(token) == "Åse Ødegård"


def test_the_key_file_is_for_its_owner_only(home):
    crypt.keys()
    file = home / "keys" / "identities.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [f.name for f in file.parent.iterdir()] == ["identities.key"]


def test_old_keys_still_open_until_they_are_dropped():
    before = crypt.encrypt("Kari")
    crypt.add_key()
    assert crypt.decrypt(before) == "Kari"
    after = crypt.encrypt("Kari")
    crypt.drop_old_keys()
    assert crypt.decrypt(after) == "Kari"
    with pytest.raises(VaultError, match="Ingenting er endret"):
        crypt.decrypt(before)
