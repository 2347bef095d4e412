"""Where a lake's parts are on disk."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Lake:
    """A folder that holds tables, manifests, a lock and, while someone writes, a staging area."""

    root: Path

    @property
    def tables(self) -> Path:
        """One folder a table, each a Delta table."""
        return self.root / "tables"

    @property
    def manifests(self) -> Path:
        """One immutable JSON file a state of the whole lake."""
        return self.root / "manifests"

    @property
    def staging(self) -> Path:
        """What a writer has in hand. Anything here while the lock is free is a dead writer's."""
        return self.root / "staging"

    @property
    def lock(self) -> Path:
        """Held by the one writer."""
        return self.root / "lock"

    def table(self, name: str) -> Path:
        """The folder of one table, whether it is there or not."""
        return self.tables / name
