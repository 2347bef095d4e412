"""Typer in bokmål: help, usage and what is wrong with a command line, without English left over.

Plain text, not Rich's panels: those cost half of the time that ``--help`` may take.
"""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import typer

# typer 0.29 has Click within it, and no public name for what a wrong command line raises
from typer._click.core import Command as _AnyCommand
from typer._click.core import Context, Parameter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer._click.formatting import HelpFormatter
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

#: What stands for a value in help, by its type.
_VALUE: dict[Any, str] = {int: "TALL", Path: "STI", str: "TEKST"}
#: What Typer says as text only, and the same in bokmål.
_SAID = (
    (r"Missing command\.", r"Det mangler en kommando."),
    (
        r"No such command '(.+?)'\. Did you mean '(.+)'\?",
        r"Kommandoen «\1» finnes ikke. Mente du «\2»?",
    ),
    (r"No such command '(.+)'\.", r"Kommandoen «\1» finnes ikke."),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"Det står noe for mye: «\1»."),
)
_INTERRUPTED = 130
_F = TypeVar("_F", bound=Callable[..., Any])


class _Norwegian(_AnyCommand):
    """What commands and groups of commands have in common."""

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Bruk: ")

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        arguments = [p for p in self.get_params(ctx) if isinstance(p, TyperArgument)]
        options = [p for p in self.get_params(ctx) if isinstance(p, TyperOption)]
        _section(formatter, "Argumenter", [(a.display_name_raw, _told(a)) for a in arguments])
        _section(formatter, "Kommandoer", _commands(self))
        _section(formatter, "Valg", [(_spelt(o), _told(o)) for o in options])

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Vis denne hjelpen."
            # without a default Typer loads pydantic to make nothing into a boolean
            option.default = False
        return option

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        group = ["KOMMANDO …"] if isinstance(self, TyperGroup) else []
        arguments = (p for p in self.get_params(ctx) if isinstance(p, TyperArgument))
        names = (a.display_name_raw if a.required else f"[{a.display_name_raw}]" for a in arguments)
        return ["[VALG]", *names, *group]


class Command(_Norwegian, TyperCommand):
    """One command."""


class Group(_Norwegian, TyperGroup):
    """Commands under one name."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 - the same
        windows_expand_args: bool = True,  # noqa: FBT001, FBT002 - the same
        **extra: Any,
    ) -> Any:
        """Run, say in bokmål what is wrong with the command line, and exit with the code."""

        def run() -> Any:
            return super(Group, self).main(
                args, prog_name or "vft", complete_var, False, windows_expand_args, **extra
            )

        if standalone_mode:
            sys.exit(_code(run))
        return run()


class App(typer.Typer):
    """A group of commands that speaks bokmål; so do the commands put in it."""

    def __init__(self, *, help: str, name: str | None = None) -> None:  # noqa: A002 - typer's own word
        super().__init__(
            name=name,
            cls=Group,
            help=help,
            no_args_is_help=True,
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
        )

    def command(self, name: str | None = None, **settings: Any) -> Callable[[_F], _F]:
        """As Typer's."""
        return super().command(name, cls=Command, **settings)


def _code(run: Callable[[], Any]) -> int:
    """Run, and say what went wrong; the code to exit with."""
    try:
        code = run() or 0
    except NoArgsIsHelpError as shown:
        typer.echo(shown.format_message(), err=True)
        return shown.exit_code
    except ClickException as error:
        _show(error)
        return error.exit_code
    except typer.Abort:
        typer.echo("Avbrutt.", err=True)
        return 1
    if code == _INTERRUPTED:
        typer.echo("Avbrutt.", err=True)
    return int(code)


def _section(formatter: HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


def _commands(command: _AnyCommand) -> list[tuple[str, str]]:
    found = command.commands if isinstance(command, TyperGroup) else {}
    return [(name, _first_sentence(c.help or "")) for name, c in found.items()]


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=\.)\s", " ".join(text.split()), maxsplit=1)[0]


def _spelt(option: TyperOption) -> str:
    """``--month TEKST``; a flag has no value, and may have a second spelling that turns it off."""
    names = ", ".join(option.opts)
    if option.is_flag:
        return " / ".join([names, *option.secondary_opts])
    return f"{names} {option.metavar or _value(option)}"


def _value(option: TyperOption) -> str:
    kind = option.type_descriptor
    if kind.choices:
        return "|".join(str(choice) for choice in kind.choices)
    return _VALUE.get(kind.annotation, "VERDI")


def _told(param: TyperArgument | TyperOption) -> str:
    """Its help, then what it is when not given, or that it must be."""
    extra = []
    if param.required:
        extra.append("må være med")
    elif isinstance(param, TyperOption) and param.is_flag:
        extra += [f"ellers {param.opts[0]}"] if param.default and param.secondary_opts else []
    elif param.default not in {None, ""}:
        extra.append(f"ellers {param.default}")
    return f"{param.help or ''}  [{', '.join(extra)}]" if extra else param.help or ""


def _show(error: ClickException) -> None:
    """What is wrong, then how the command is used."""
    typer.echo(f"Feil: {_said(error)}", err=True)
    if isinstance(error, UsageError) and error.ctx is not None:
        typer.echo(error.ctx.get_usage(), err=True)
        typer.echo(f"Se hjelpen med: {error.ctx.command_path} --help", err=True)


def _said(error: ClickException) -> str:
    if isinstance(error, MissingParameter):
        return f"{_named(error.param)} mangler.{_wanted(error.param)}"
    if isinstance(error, BadParameter):
        found = re.search(r"'(.*)' does not match the format", error.message)
        value = f": «{found[1]}»" if found else ""
        unusable = f"{_named(error.param)} har en verdi som ikke kan brukes{value}."
        return f"{unusable}{_wanted(error.param)}"
    if isinstance(error, NoSuchOption):
        near = " eller ".join(error.possibilities or ())
        return f"Valget {error.option_name} finnes ikke.{f' Mente du {near}?' if near else ''}"
    if isinstance(error, BadOptionUsage):
        wrong = "tar ingen verdi" if "does not take" in error.message else "mangler verdien sin"
        return f"Valget {error.option_name} {wrong}."
    return _translated(error.format_message())


def _translated(message: str) -> str:
    for pattern, ours in _SAID:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, ours, message).replace("', '", "» eller «")
    return message


def _named(param: Parameter | None) -> str:
    if isinstance(param, TyperOption):
        return f"Valget {param.opts[0]}"
    return f"Argumentet {param.display_name_raw}" if isinstance(param, TyperArgument) else "Noe"


def _wanted(param: Parameter | None) -> str:
    """What a value must be, where it cannot be just anything."""
    if not isinstance(param, TyperArgument | TyperOption):
        return ""
    kind = param.type_descriptor
    if kind.choices:
        return f" Skriv en av: {', '.join(str(choice) for choice in kind.choices)}."
    if kind.is_datetime:
        return " Skriv datoen som 2024-01-31."
    if kind.annotation is not int:
        return ""
    least = f", minst {param.min}" if param.min is not None else ""
    most = f", høyst {param.max}" if param.max is not None else ""
    return f" Skriv et helt tall{least}{most}."
