import stat

from vft.config import secret


def test_a_key_that_is_given_is_used_and_nothing_is_written(tmp_path):
    assert secret.key({"VFT_SECRET_KEY": "given"}, tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_a_key_in_a_file_is_used(tmp_path):
    (tmp_path / "k").write_text("from a file\n")
    assert secret.key({"VFT_SECRET_KEY_FILE": str(tmp_path / "k")}, tmp_path) == "from a file"


def test_without_either_one_is_made_once_for_its_owner_only(tmp_path):
    made = secret.key({}, tmp_path)
    file = tmp_path / "keys" / "web.key"
    assert len(made) > 60
    assert secret.key({}, tmp_path) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [f.name for f in file.parent.iterdir()] == ["web.key"]
