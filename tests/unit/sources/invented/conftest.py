"""One small municipality, written once for all tests of this folder."""

import json
from pathlib import Path

import pytest

from vft.sources import invented
from vft.sources.invented import Written


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return invented.write(tmp_path_factory.mktemp("havnes"), scale="small", seed=7)


@pytest.fixture(scope="session")
def account(written: Written):
    """An account of the truth by name: ``account("faults")``."""

    def read(name: str):
        return json.loads((written.truth / f"{name}.json").read_text(encoding="utf-8"))

    return read


@pytest.fixture(scope="session")
def tables(written: Written):
    """What the main delivery gives, by contract: rows as dicts, in the files' order."""
    return _read_all(written.exports)


@pytest.fixture(scope="session")
def corrected_tables(written: Written):
    return _read_all(written.corrections)


def _read_all(folder: Path):
    from vft.sources import mapping, read

    ready, found = mapping.ready(), {}
    for path in sorted(folder.iterdir()):
        for batch in read.open_delivery(path, mapping.choose(path, ready)).batches():
            for name, rows in batch.tables.items():
                found.setdefault(name, []).extend(rows.to_pylist())
    return found
