"""Build hook: fetch the third-party files of the web pages into the package."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface[Any]):
    """Runs ``vft.web.assets.ensure`` before the files of a build are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's signature
        """Fetch what is missing and let the build take it along although git ignores it."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from vft.web import assets

        assets.ensure()
        build_data["artifacts"].append("src/vft/web/static/vendor/**")
