"""Where one installation keeps everything: ``VFT_HOME``, ``var`` unless set."""

import os
from dataclasses import dataclass
from pathlib import Path

from vft.lake.lake import Lake


@dataclass(frozen=True)
class Home:
    """The folders of an installation. Keys lie apart, so that they can be backed up apart."""

    root: Path

    @classmethod
    def here(cls) -> "Home":
        """The installation that the environment names."""
        return cls(Path(os.environ.get("VFT_HOME") or "var").absolute())

    def prepare(self) -> None:
        """Make keys where there are none. Nothing that is there is touched."""
        from vft.lake import keys

        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys.create(self.keys)

    @property
    def lake(self) -> Lake:
        """History: pseudonymous tables."""
        return Lake(self.root / "lake")

    @property
    def vault(self) -> Path:
        """Received files and refused rows, encrypted."""
        return self.root / "vault"

    @property
    def keys(self) -> Path:
        """What opens the vault, makes pseudonyms, and signs sessions."""
        return self.root / "keys"

    @property
    def publications(self) -> Path:
        """One read-only file a publication."""
        return self.root / "publications"

    @property
    def mappings(self) -> Path:
        """The municipality's own mappings, as last used."""
        return self.root / "tilordninger"

    @property
    def inbox(self) -> Path:
        """Files uploaded on screen, until they have been read."""
        return self.root / "inbox"

    @property
    def demo(self) -> Path:
        """The exports of the invented municipality; there only where invented persons live."""
        return self.root / "demo"
