import pytest
from small_lake import Installation

from vft.lake import keys
from vft.lake.lake import Lake
from vft.lake.vault import Vault


@pytest.fixture
def installation(tmp_path):
    made = keys.create(tmp_path / "keys")
    return Installation(tmp_path, Lake(tmp_path / "lake"), Vault(tmp_path / "vault", made), made)


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "lake")
