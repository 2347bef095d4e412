"""The command line as a Norwegian stranger meets it."""

import re
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner
from visible import rows

from vft.commands import app

#: What Typer, Click and Rich would say, and no word of it in bokmål.
#: «options» from where a word begins: ``--adoptions`` is an option of ours.
ENGLISH = re.compile(
    r"usage|\boptions|commands|arguments|error|missing|no such|required|default|aborted|invalid|"
    r"unexpected|did you mean|show this|must be|should be|not one of|<\w+>",
    re.IGNORECASE,
)
#: Modules that ``--help`` may not wait for.
HEAVY = {
    *("pyarrow", "numpy", "pandas", "ibis", "duckdb", "deltalake", "django", "pydantic", "rich"),
    *("cryptography", "pyrage", "python_calamine", "xlsxwriter", "faker", "granian"),
}


@pytest.fixture(autouse=True)
def _narrow(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


def said(*arguments, text=""):
    done = CliRunner().invoke(app, arguments, input=text)
    return done.exit_code, done.output


def every_command():
    """Each command and group by its path: ("source", "check")."""
    found = {}

    def walk(command, path):
        found[path] = command
        for name, inner in getattr(command, "commands", {}).items():
            walk(inner, (*path, name))

    walk(typer.main.get_command(app), ())
    return found


@pytest.mark.parametrize("path", every_command(), ids=lambda path: " ".join(("vft", *path)))
def test_every_help_is_in_bokmal(path):
    code, text = said(*path, "--help")
    assert code == 0
    assert text.startswith(" ".join(("Bruk: vft", *path)))
    assert "Vis denne hjelpen." in text
    assert not ENGLISH.search(text), text


def test_the_keys_that_may_be_rotated_are_named():
    from vft.commands.keys import Which

    _, text = said("keys", "rotate", "--help")
    assert all(which.value in text for which in Which)


def test_every_value_is_explained():
    """An option without help is a riddle; so is an argument with an English name."""
    riddles = [
        (" ".join(path), param.name)
        for path, command in every_command().items()
        for param in command.params
        if not param.help or (param.param_type_name == "argument" and not param.metavar)
    ]
    assert not riddles


WRONG = """
    arguments              | says
    finnes-ikke            | Kommandoen «finnes-ikke» finnes ikke.
    sorce                  | Kommandoen «sorce» finnes ikke. Mente du «source»?
    source --              | Det mangler en kommando.
    source check           | Argumentet FIL mangler.
    source check a b       | Det står noe for mye: «b».
    source check a --maping b | Valget --maping finnes ikke. Mente du --mapping?
    source check -x        | Valget -x finnes ikke.
    user add kari          | Valget --role mangler.
    user add kari --role   | Valget --role mangler verdien sin.
    user add kari --whole=1 | Valget --whole tar ingen verdi.
    person log --days to   | Valget --days har en verdi som ikke kan brukes. Skriv et helt tall, minst 1.
    person log --days 0    | Valget --days har en verdi som ikke kan brukes. Skriv et helt tall, minst 1.
    publication show to    | Argumentet NR har en verdi som ikke kan brukes. Skriv et helt tall.
    effect estimate --panel p --adoptions a --on 2024-13-01 | Valget --on har en verdi som ikke kan brukes: «2024-13-01». Skriv datoen som 2024-01-31.
    keys rotate            | Argumentet NØKKEL mangler. Skriv en av: vault, pseudonym, identities.
    keys rotate hus        | Argumentet NØKKEL har en verdi som ikke kan brukes. Skriv en av: vault, pseudonym, identities.
"""  # noqa: E501 - what is said is said in full


@pytest.mark.parametrize("wrong", rows(WRONG), ids=lambda wrong: wrong["arguments"])
def test_what_is_wrong_with_a_command_line_is_said_in_bokmal(wrong):
    code, text = said(*wrong["arguments"].split())
    assert code == 2
    assert text.splitlines()[0] == f"Feil: {wrong['says']}"
    assert not ENGLISH.search(text), text


def test_a_name_alone_shows_the_help():
    assert said("source")[1].startswith("Bruk: vft source")


@pytest.mark.parametrize(("answer", "goes_on"), [("j", True), ("Ja", True), ("n", False)])
def test_a_question_takes_a_norwegian_yes(answer, goes_on):
    from vft.commands.bokmal import App
    from vft.commands.terminal import require_agreed

    asking = App(help="Spør.")

    @asking.command()
    def erase():
        require_agreed("Fortsette?")
        typer.echo("gjort")

    @asking.command()
    def other():
        """Be there, so that the first has a name."""

    done = CliRunner().invoke(asking, ["erase"], input=f"{answer}\n")
    assert "Fortsette? [j/N]" in done.output
    assert ("gjort" in done.output, "Avbrutt." in done.output) == (goes_on, not goes_on)
    assert done.exit_code == (0 if goes_on else 1)


def test_help_waits_for_nothing_heavy():
    program = (
        "import sys; from typer.testing import CliRunner; from vft.commands import app\n"
        "for path in sys.argv[1:]: CliRunner().invoke(app, [*path.split(), '--help'])\n"
        "print(*sys.modules)"
    )
    paths = [" ".join(path) for path in every_command()]
    done = subprocess.run(
        [sys.executable, "-c", program, *paths], capture_output=True, text=True, check=True
    )
    assert "vft.commands" in done.stdout.split()
    assert not HEAVY & set(done.stdout.split())
