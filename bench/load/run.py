"""Load one installation on each database, and gather what was measured."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.load import installation, mix, server
from bench.load.figures import Answer, First, Measured, Used
from bench.load.installation import Account
from bench.load.options import DATABASES, Options
from bench.load.reader import Reader
from bench.load.server import Moment, Site

#: Seconds from the last login until it is measured.
_SETTLE = 3
_LOGINS_A_SECOND = 4
_VISITORS = Path(__file__).with_name("visitors.py")
_OVERVIEW = mix.Request("Oversikt", "/")

Tell = Callable[[str], None]


class LoadFailed(Exception):
    """The visitors could not be let loose; the message has their last words."""


def run(options: Options, *, tell: Tell) -> list[Measured]:
    """Measure each database that was asked for."""
    with _folder() as folder:
        if options.home is None:
            tell(f"lager den oppdiktede kommunen, {options.scale}")
        home = options.home or installation.made(folder, scale=options.scale)
        return [_measured(options, home, folder / name, tell) for name in options.databases]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="vft-load-", dir=os.environ.get("BENCH_DATA")) as named:
        # PostgreSQL's starter keeps its locks there
        os.environ.setdefault("XDG_RUNTIME_DIR", named)
        yield Path(named)


def _measured(options: Options, original: Path, folder: Path, tell: Tell) -> Measured:
    home = installation.copied(original, folder / "home")
    if folder.name == "sqlite":
        return _of_database(options, installation.environment(home), folder, [], tell)
    with server.postgres(folder / "postgres") as address:
        told = installation.environment(home, database=address)
        database = server.database_process(folder / "postgres")
        return _of_database(options, told, folder, [database], tell)


def _of_database(
    options: Options, told: dict[str, str], folder: Path, database: list[int], tell: Tell
) -> Measured:
    title = DATABASES[folder.name]
    accounts = installation.accounts(told)
    if not options.unprepared:
        tell(f"{title}: gjør sidene klare")
        installation.prepare(told)
    with server.serving(told) as site:
        tell(f"{title}: første side etter start")
        first = _first(site, accounts)
        asked = mix.requests(_logged_in(site, accounts[0]).lists(), pages=options.pages)
        tell(f"{title}: alle sider en gang")
        cold = _cold(site, accounts, asked)
        tell(f"{title}: {options.rate:g} forespørsler i sekundet i {options.seconds:g} sekunder")
        with server.watched([site.process, *database]) as moments:
            noted = _visited(options, site, accounts, asked, folder)
    return Measured(
        database=title,
        rate=options.rate,
        seconds=options.seconds,
        ready=site.ready_after,
        first=first,
        cold=cold,
        answers=[Answer(**answer) for answer in noted["answers"]],
        used=used(moments, noted["from"], noted["until"]),
        load=os.getloadavg()[0],
    )


def used(moments: Sequence[Moment], begun: float, ended: float) -> Used:
    """What was used between two times."""
    between = [moment for moment in moments if begun <= moment.at <= ended]
    first, last = between[0], between[-1]
    return Used(
        cores=(last.cpu - first.cpu) / (last.at - first.at),
        memory=max(moment.memory for moment in between),
    )


def _logged_in(site: Site, account: Account) -> Reader:
    reader = Reader(site.address)
    reader.log_in(account)
    return reader


def _first(site: Site, accounts: Sequence[Account]) -> list[First]:
    """The first Oversikt after the start; then the first in each other scope."""
    by_scope: dict[tuple[bool, str], Account] = {}
    for account in accounts:
        # an administrator sees no small counts, not even the municipality's
        by_scope.setdefault((account.role == "administrator", account.unit), account)
    return [
        First(
            role=f"{account.role} i {account.unit or 'kommunen'}",
            seconds=_logged_in(site, account).open(_OVERVIEW).seconds,
        )
        for account in by_scope.values()
    ]


def _cold(site: Site, accounts: Sequence[Account], asked: Sequence[mix.Request]) -> list[float]:
    readers = [_logged_in(site, account) for account in accounts]
    return [reader.open(one).seconds for reader in readers for one in asked]


def _visited(
    options: Options,
    site: Site,
    accounts: Sequence[Account],
    asked: Sequence[mix.Request],
    folder: Path,
) -> dict[str, Any]:
    told, to = folder / "told.json", folder / "noted.json"
    content = {
        "accounts": [asdict(account) for account in accounts],
        "asked": [asdict(one) for one in asked],
        "rate": options.rate,
        "visitors": options.visitors,
        "seconds": options.seconds,
        "settle": _SETTLE,
        "to": str(to),
    }
    told.write_text(json.dumps(content), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - Locust, with what we told it
        _locust(options, site),
        env=os.environ | {"VFT_LOAD": str(told)},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode or not to.exists():
        raise LoadFailed(f"{done.stdout[-1000:]}\n{done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(to.read_text(encoding="utf-8"))
    return found


def _locust(options: Options, site: Site) -> list[str]:
    # logins are slow on purpose: those who come late must not shorten what is measured
    length = int(2 * options.visitors / _LOGINS_A_SECOND + _SETTLE + options.seconds + 5)
    return [
        *(sys.executable, "-m", "locust", "--headless", "--locustfile", str(_VISITORS)),
        *("--host", site.address, "--users", str(options.visitors), "--only-summary"),
        *("--spawn-rate", str(_LOGINS_A_SECOND), "--run-time", f"{length}s"),
        *("--exit-code-on-error", "0", "--loglevel", "WARNING"),
    ]
