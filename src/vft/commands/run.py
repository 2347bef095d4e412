"""``vft serve`` and ``vft demo``."""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

#: Each holds a copy of what it has shown.
_AT_MOST = 4
PortOption = Annotated[int, typer.Option(help="Port på denne maskinen.")]


def serve(
    port: PortOption = 8000,
    host: Annotated[str, typer.Option(help="Adressen serveren svarer på.")] = "127.0.0.1",
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Prosesser som lager sider. Ellers én per kjerne, høyst fire."),
    ] = None,
) -> None:
    """Start nettjeneren og arbeideren som leser opplastede filer."""
    from vft.commands.installation import ready
    from vft.commands.server import run_server

    ready()
    _tell_who_can_log_in()
    run_server(host=host, port=port, workers=workers or min(os.cpu_count() or 1, _AT_MOST))


def demo(
    scale: Annotated[
        Literal["small", "demo", "oslo"], typer.Option(help="Hvor stor kommunen er.")
    ] = "demo",
    port: PortOption = 8000,
    serve: Annotated[bool, typer.Option(help="Start nettjeneren til slutt.")] = True,  # noqa: FBT002 - typer's way to a flag
) -> None:
    """Lag den oppdiktede kommunen, les den inn som enhver kommune, publiser og vis."""
    from vft.commands.demonstration import prepare_demo, show_folders, show_logins
    from vft.commands.installation import ready

    home = ready()
    logins = prepare_demo(home, scale=scale)
    show_folders(home, scale=scale)
    show_logins(logins, port=port if serve else None)
    if serve:
        sys.stdout.flush()
        # the server forks, and what has read Delta tables cannot: they are read in a fresh process
        os.execv(sys.executable, [sys.executable, "-m", "vft", "serve", "--port", str(port)])  # noqa: S606 - our own


def exports(
    folder: Annotated[Path, typer.Argument(metavar="MAPPE", help="Mappen å skrive i.")],
    scale: Annotated[
        Literal["small", "demo", "oslo", "nation"], typer.Option(help="Hvor stor kommunen er.")
    ] = "small",
    seed: Annotated[int, typer.Option(help="Samme frø gir samme filer.")] = 2024,
) -> None:
    """Skriv den oppdiktede kommunens eksportfiler til MAPPE, uten å lese dem inn."""
    from vft.commands.terminal import bars, console
    from vft.sources.invented import write

    with bars() as progress:
        written = write(
            folder,
            scale=scale,
            seed=seed,
            on_progress=lambda d, t: progress("Skriver eksporter", d, t),
        )
    console().print(f"Eksporter: {written.exports}\nRettelser: {written.corrections}")
    console().print(f"Feilfiler: {written.bad}\nFasit:     {written.truth}")


def _tell_who_can_log_in() -> None:
    from vft.access.models import User
    from vft.commands.terminal import console
    from vft.commands.user import NO_USERS

    if not User.objects.filter(is_active=True).exists():
        console().print(NO_USERS, soft_wrap=True)


COMMANDS = (serve, demo, exports)
