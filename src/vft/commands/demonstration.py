"""The demo: the invented municipality's exports, read in like any municipality's."""

import shlex
import shutil
import sys
from collections import Counter
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from vft.commands.terminal import bars, console, show_table
from vft.errors import VftError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vft.access.demo_users import DemoUser
    from vft.pipeline.home import Home
    from vft.pipeline.progress import Progress
    from vft.publication.read import Publication


def prepare_demo(home: "Home", *, scale: str) -> "Sequence[DemoUser]":
    """Write exports, ingest, publish, and make users. What is already done is not done again."""
    from vft.access import demo_users
    from vft.commands.deliveries import show_deliveries
    from vft.pipeline.ingest import ingest
    from vft.pipeline.run import newest, refresh_and_publish

    _require_no_one_real(home)
    with bars() as progress:
        folder = exports(home, scale=scale, progress=progress)
        ingested = ingest(home, folder / "exports", progress=progress)
        published = refresh_and_publish(home, progress=progress)
    show_deliveries(ingested.deliveries)
    console().print(published.sentence())
    return demo_users.create(districts=_districts(newest(home)))


def _require_no_one_real(home: "Home") -> None:
    """Refuse a home whose deliveries or users are not the demo's.

    Raises:
        VftError: files that nobody has said are invented have been delivered there, or someone
            has an account there, whose password the demo might change.
    """
    from vft.access.models import User
    from vft.pipeline import holdings

    if home.demo.is_dir():
        return
    others = "leveranser" if holdings.deliveries(home) else ""
    if not others and not User.objects.exists():
        return
    raise VftError(
        f"Installasjonen {home.root} har {others or 'brukere'} som ikke er demoens. Oppdiktede og "
        "virkelige personer må ikke blandes. Ingenting er laget eller lest. Gi demoen en egen "
        "mappe, for eksempel: VFT_HOME=demo vft demo"
    )


def _districts(published: "Publication") -> list[tuple[str, str]]:
    """Code and name, first the one with most to follow up: where EPJ and supplier differ most.

    It is asked of the first service, which the page that compares the registers opens with.
    """
    units = {unit.code: unit.name for unit in published.units("district", "now")}
    service = next((s.code for s in published.slices() if s.kind == "service"), "")
    months = published.complete_months()[-1:]
    differ = Counter[str]()
    for month, measure in product(months, ("vedtak_only", "device_only")):
        for figure in published.by_unit(
            "concurrent_users",
            measure,
            ("service", service),
            grouping="district",
            month=month,
            geography="now",
        ):
            differ[figure.unit] += round(figure.value or 0)
    return sorted(units.items(), key=lambda unit: -differ[unit[0]])


def exports(home: "Home", *, scale: str, progress: "Progress") -> Path:
    """The folder of the demo's files; written whole, or not there."""
    from vft.sources import invented

    folder = home.demo / scale
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


def show_folders(home: "Home", *, scale: str) -> None:
    """Where the demo's files are, and how to deliver its corrections."""
    folder = home.demo / scale
    console().print(f"\nEksportene ligger i {folder / 'exports'}", soft_wrap=True)
    # with its home: invented persons may not end in another installation
    root, corrections = (shlex.quote(str(path)) for path in (home.root, folder / "corrections"))
    told = f"Prøv en rettelse: VFT_HOME={root} {_this_command()} ingest {corrections}"
    console().print(told, soft_wrap=True)


def _this_command() -> str:
    """What this command was started by, for a shell: the module where no script was."""
    script = Path(sys.argv[0])
    words = [sys.executable, "-m", "vft"] if script.name == "__main__.py" else [sys.argv[0]]
    return shlex.join(words)


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
