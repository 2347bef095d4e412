"""The command line: one module a group of commands, heavy imports inside each command.

An error that a person can mend ends with its sentence and its exit code; anything else is a fault
in the program and shows its trace.
"""

import os
import sys
from errno import ENOSPC
from typing import NoReturn

from vft.commands import (
    case,
    data,
    effect,
    keys,
    person,
    publication,
    run,
    simulate,
    source,
    target,
    user,
)
from vft.commands.bokmal import App
from vft.errors import VftError

app = App(name="vft", help="Velferdsteknologi: dataplattform, Indigo og Nova.")
app.add_typer(source.app, name="source")
app.add_typer(case.app, name="case")
app.add_typer(effect.app, name="effect")
app.add_typer(simulate.app, name="simulate")
app.add_typer(publication.app, name="publication")
app.add_typer(person.app, name="person")
app.add_typer(user.app, name="user")
app.add_typer(keys.app, name="keys")
app.add_typer(target.app, name="target")
for command in (*data.COMMANDS, *run.COMMANDS):
    app.command()(command)


def main() -> None:
    """Run the command that the arguments name."""
    try:
        app()
    except VftError as error:
        _fail(str(error), error.exit_code)
    except OSError as error:
        if error.errno != ENOSPC:
            raise
        # what is left in the buffer would be tried once more as Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _fail("Disken er full, så ikke alt ble skrevet. Frigjør plass, og kjør igjen.", 1)


def _fail(sentence: str, code: int) -> NoReturn:
    print(f"Feil: {sentence}", file=sys.stderr)  # noqa: T201 - the last word of a failed command
    raise SystemExit(code) from None
