import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyrage
import pytest

from vft.errors import LakeError, VaultError
from vft.lake import keys, manifest
from vft.lake.rotation import rotate_vault
from vft.lake.vault import Vault


@pytest.fixture
def vault(installation):
    return installation.vault


@pytest.fixture
def received(installation):
    path = installation.folder / "mottatt.csv"
    path.write_bytes(b"Kari Nordmann;01814000008\n" * 1000)
    return path


def test_a_file_is_kept_encrypted_under_its_hash_and_opens_as_it_was(vault, received):
    stored = vault.keep(received)
    assert stored.sha256 == hashlib.sha256(received.read_bytes()).hexdigest()
    assert stored.bytes == received.stat().st_size
    assert not stored.already
    assert b"Nordmann" not in vault.received_file(stored.sha256).read_bytes()
    with vault.open(stored.sha256) as path:
        assert path.read_bytes() == received.read_bytes()
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not path.exists()


def test_the_same_content_is_kept_once(vault, received):
    first = vault.keep(received)
    before = vault.received_file(first.sha256).read_bytes()
    assert vault.keep(received).already
    assert vault.received_file(first.sha256).read_bytes() == before
    assert not list((vault.root / "incoming").iterdir())


def test_keeping_needs_the_public_key_only_and_opening_says_what_it_lacks(vault, received):
    (vault.keys.folder / "vault.age").unlink()
    stored = vault.keep(received)
    with pytest.raises(VaultError, match=r"vault\.age finnes ikke"), vault.open(stored.sha256):
        pass


def test_a_file_that_is_gone_or_damaged_is_said_to_be(vault, received):
    with pytest.raises(VaultError, match="finnes ikke i hvelvet"), vault.open("0" * 64):
        pass
    stored = vault.keep(received)
    file = vault.received_file(stored.sha256)
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(VaultError, match="skadet"), vault.open(stored.sha256):
        pass


def test_refused_rows_are_kept_when_all_goes_well_and_not_otherwise(vault):
    rows = pa.table({"row": [3], "line": ["01814000008"]})
    with vault.refusing(1) as raw:
        raw.add(rows)
        raw.add(rows.slice(0, 0))
        raw.add(rows)
    assert vault.refused(1).to_pylist() == rows.to_pylist() * 2

    def fail():
        with vault.refusing(2) as raw:
            raw.add(rows)
            raise LakeError("stopp")

    with pytest.raises(LakeError, match="stopp"):
        fail()
    assert vault.refused(2) is None
    with vault.refusing(3):
        pass
    assert vault.refused(3) is None


def test_rows_that_cannot_be_encrypted_are_an_error_and_nobody_waits_for_ever(vault):
    (vault.keys.folder / "vault.pub").unlink()
    rows = pa.table({"line": ["x" * 100_000] * 50})

    def refuse():
        with vault.refusing(1) as raw:
            raw.add(rows)

    with pytest.raises(VaultError, match="kunne ikke krypteres"):
        refuse()
    assert vault.refused(1) is None


def left_by_the_dead(vault):
    """What killed processes may have left; one had our number, as happens in a container."""
    opened = vault.root / "opened" / f"{os.getpid()}-x"
    draft = vault.root / "incoming" / "x"
    for folder in (opened, draft):
        folder.mkdir(parents=True)
        (folder / ".alive").touch()
        (folder / "klartekst").write_text("Kari")
    loose = vault.root / "incoming" / f"{os.getpid()}-draft"
    loose.write_text("Kari")
    return [opened, draft, loose]


@pytest.mark.parametrize("how", ["keep", "refuse", "open"])
def test_what_killed_processes_left_is_removed_by_the_next(vault, received, how):
    stored = vault.keep(received)
    left = left_by_the_dead(vault)
    if how == "keep":
        vault.keep(received)
    elif how == "refuse":
        with vault.refusing(1):
            pass
    else:
        with vault.open(stored.sha256):
            pass
    assert [path for path in left if path.exists()] == []


def test_what_is_open_stays_while_others_come_and_go(vault, received):
    stored = vault.keep(received)
    with vault.open(stored.sha256) as path, vault.refusing(1) as raw:
        raw.add(pa.table({"line": ["x"]}))
        vault.keep(received)
        with vault.open(stored.sha256) as other:
            assert other.parent != path.parent
        assert path.read_bytes() == received.read_bytes()
    assert vault.refused(1).num_rows == 1
    assert not list((vault.root / "opened").iterdir())
    assert not list((vault.root / "incoming").iterdir())


_OPENING = """
import sys
from pathlib import Path
from vft.lake.keys import Keys
from vft.lake.vault import Vault
with Vault(Path(sys.argv[1]), Keys(Path(sys.argv[2]))).open(sys.argv[3]) as path:
    print(path, flush=True)
    sys.stdin.read()
"""


def test_what_another_process_has_open_stays_until_it_is_killed(vault, received):
    stored = vault.keep(received)
    told = [str(vault.root), str(vault.keys.folder), stored.sha256]
    with subprocess.Popen(
        [sys.executable, "-c", _OPENING, *told],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        opened = Path(other.stdout.readline().strip())
        vault.keep(received)
        assert opened.exists()
        other.kill()
    assert opened.exists()
    vault.keep(received)
    assert not opened.parent.exists()


def test_keys_are_made_once_and_for_the_owner_only(tmp_path):
    made = keys.create(tmp_path / "keys")
    before = {f.name: f.read_text() for f in made.folder.iterdir()}
    assert sorted(before) == ["pseudonym.key", "vault.age", "vault.pub"]
    assert {stat.S_IMODE(f.stat().st_mode) for f in made.folder.iterdir()} == {0o600}
    keys.create(tmp_path / "keys")
    assert {f.name: f.read_text() for f in made.folder.iterdir()} == before


def test_a_vault_without_its_private_key_gets_no_new_one(tmp_path):
    made = keys.create(tmp_path / "keys")
    (made.folder / "vault.age").unlink()
    keys.create(tmp_path / "keys")
    assert not (made.folder / "vault.age").exists()


def test_a_new_vault_key_opens_everything_and_the_old_one_nothing(installation, vault, received):
    stored = vault.keep(received)
    with vault.refusing(1) as raw:
        raw.add(pa.table({"line": ["x"]}))
    (old,) = vault.keys.identities()
    assert rotate_vault(installation.lake, vault) == 2
    assert len(vault.keys.identities()) == 1
    with vault.open(stored.sha256) as path:
        assert path.read_bytes() == received.read_bytes()
    assert vault.refused(1).num_rows == 1
    for file in vault.files():
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(file.read_bytes(), [old])


def test_a_change_of_vault_key_that_was_interrupted_is_completed(
    installation, vault, received, monkeypatch
):
    vault.keep(received)
    with vault.refusing(1) as raw:
        raw.add(pa.table({"line": ["x"]}))
    put_back, done = Vault.put_back, []

    def once(self, clear, file):
        if done:
            raise KeyboardInterrupt
        done.append(file)
        put_back(self, clear, file)

    monkeypatch.setattr(Vault, "put_back", once)
    with pytest.raises(KeyboardInterrupt):
        rotate_vault(installation.lake, vault)
    assert len(vault.keys.identities()) == 2
    for file in vault.files():
        with vault.opened(file):
            pass
    monkeypatch.undo()
    assert rotate_vault(installation.lake, vault) == 1
    assert len(vault.keys.identities()) == 1
    assert vault.refused(1).num_rows == 1
    assert manifest.latest(installation.lake).number == 0
