"""The demo: the invented municipality's exports, read in like any municipality's."""

import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from vft.commands.terminal import bars, console, show_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vft.access.demo_users import DemoUser
    from vft.pipeline.home import Home
    from vft.pipeline.progress import Progress


def prepare_demo(home: "Home", *, scale: str) -> "Sequence[DemoUser]":
    """Write exports, ingest, publish, and make users. What is already done is not done again."""
    from vft.access import demo_users
    from vft.commands.deliveries import show_deliveries
    from vft.pipeline.ingest import ingest
    from vft.pipeline.run import newest, refresh_and_publish

    with bars() as progress:
        folder = exports(home, scale=scale, progress=progress)
        ingested = ingest(home, folder / "exports", progress=progress)
        published = refresh_and_publish(home, progress=progress)
    show_deliveries(ingested.deliveries)
    console().print(published.sentence())
    return demo_users.create(
        districts=[(u.code, u.name) for u in newest(home).units("district", "now")]
    )


def exports(home: "Home", *, scale: str, progress: "Progress") -> Path:
    """The folder of the demo's files; written whole, or not there."""
    from vft.sources import invented

    folder = home.root / "demo" / scale
    if not folder.is_dir():
        draft = folder.with_name(f"{scale}.uferdig")
        shutil.rmtree(draft, ignore_errors=True)
        invented.write(
            draft,
            scale=scale,
            on_progress=lambda done, total: progress("Skriver eksportfiler", done, total),
        )
        add_published_counts(draft / "exports")
        draft.rename(folder)
    return folder


def add_published_counts(folder: Path) -> None:
    """Put the counts that others have published beside the exports: they are a source too."""
    counts = files("vft.sources") / "data" / "published-counts.csv"
    (folder / "published-counts.csv").write_bytes(counts.read_bytes())


def show_logins(logins: "Sequence[DemoUser]", *, port: int | None) -> None:
    """Where to log in, and as whom. ``port``: of the server that starts now, if one does."""
    show_table(
        "Logg inn som",
        ("Bruker", "Passord", "Rolle", "Enhet"),
        ((u.username, u.password, u.role, u.unit or "hele kommunen") for u in logins),
    )
    where = f"Åpne http://127.0.0.1:{port}/ i nettleseren." if port else "Start med: vft serve"
    stop = " Stopp med Ctrl+C." if port else ""
    console().print(
        f"\n{where}\nPassordene er laget nå og vises bare her. Alle personer er oppdiktede.{stop}"
    )
