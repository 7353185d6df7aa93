"""Commands, options and help pages that speak the user's language, on top of click.

The tree of commands is written once with English source strings; `localised` makes a copy of it in one
language when the program starts, so that no language is global and the strings stay where gettext finds them.
"""

from __future__ import annotations

import copy
import difflib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from reception.cli import layout
from reception.errors import InputError, StateError
from reception.wording import N_, Wording

Function = TypeVar("Function", bound=Callable[..., Any])

METAVARS = (
    *(N_("TEXT"), N_("NAME"), N_("CODE"), N_("NUMBER"), N_("FILE"), N_("DATE"), N_("[DATE]"), N_("TIME")),
    *(N_("KIND"), N_("PHONE"), N_("WORD"), N_("REFERRAL"), N_("PLACE"), N_("LANGUAGE"), N_("ZONE")),
    *(N_("NAME…"), N_("FIELD=VALUE…"), N_("YEAR"), N_("[FILE]"), N_("[MONTH]"), N_("FORM [ARGUMENT]…")),
)
"""The stand-ins for what is typed, as the help pages show them; others are the same in every language."""
_CLICKS_OWN = (N_("Options"),)  # headings that click writes and we translate


class Formatter(click.HelpFormatter):
    """Help pages whose columns hold Chinese as well."""

    def __init__(self, wording: Wording, **sizes: Any) -> None:
        super().__init__(**sizes)
        self._wording = wording

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows the order of the words."""
        super().write_usage(prog, args, self._wording.gettext("Usage:") + " ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        _ = self._wording.gettext
        line = _("{heading}:").format(heading=_(heading) if heading in _CLICKS_OWN else heading)
        self.write(f"{' ' * self.current_indent}{line}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, broken by what the terminal shows and not by the count of characters."""
        columns = max(self.width - self.current_indent, 20)
        for position, paragraph in enumerate(text.split("\n\n")):
            if position:
                self.write_paragraph()
            for line in layout.wrap(paragraph, columns):
                self.write(f"{' ' * self.current_indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of words and what they mean, in two columns."""
        rows = list(rows)
        first = min(max(layout.width(word) for word, _ in rows), col_max) + col_spacing
        columns = max(self.width - self.current_indent - first, 20)
        for word, meaning in rows:
            lines = list(layout.wrap(meaning, columns)) or [""]
            start = word
            if layout.width(word) > first - col_spacing:
                self.write(f"{' ' * self.current_indent}{word}\n")
                start = ""
            for line in lines:
                self.write(f"{' ' * self.current_indent}{layout.pad(start, first)}{line}".rstrip() + "\n")
                start = ""


class Context(click.Context):
    """A context whose help pages are in the language of the program."""

    def make_formatter(self) -> click.HelpFormatter:
        """The formatter of help pages."""
        wording: Wording = self.obj.wording
        return Formatter(wording, width=self.terminal_width, max_width=self.max_content_width)


class Option(click.Option):
    """An option; its help says nothing but what was written."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The two columns of the help page."""
        record = super().get_help_record(ctx)
        return (record[0], self.help or "") if record else None


class Command(click.Command):
    """A command with ``--help`` in its language; a word too many is refused in plain words.

    At a department's inbox it is refused unless it is made ``for_departments``, so that what is written later
    cannot show them too much by oversight.
    """

    context_class = Context

    def __init__(self, name: str | None, *, for_departments: bool = False, **settings: Any) -> None:
        super().__init__(name, **settings)
        self.for_departments = for_departments
        self.add_help_option = False
        self.options_metavar = N_("[OPTIONS]")
        self.context_settings["allow_extra_args"] = True  # what is left over is refused here, in our words
        self.params.append(_help_option())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words after the command. Raises InputError when one is left over."""
        rest = super().parse_args(ctx, args)
        if rest:
            raise InputError(
                "'{text}' is one word too many; put a text with blanks between quotation marks.", text=rest[0]
            )
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run it. Raises StateError where a department runs what was not opened to departments."""
        if not self.for_departments:
            _refuse_departments(ctx)
        return super().invoke(ctx)


def _refuse_departments(ctx: click.Context) -> None:
    if ctx.obj.department_code:
        raise StateError(
            "This is the desk's work; a department sees only what was sent to it. 'reception referrals' "
            "lists it; receive, answer, ask and return work on it."
        )


class Group(click.Group):
    """All commands, listed by subject in the order of their registration."""

    context_class = Context

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(name, **settings)
        self.add_help_option = False
        self.invoke_without_command = True
        self.no_args_is_help = False
        self.options_metavar = N_("[OPTIONS]")
        self.subcommand_metavar = N_("COMMAND [ARGUMENTS]…")
        self.params.append(_help_option())
        self.sections: list[tuple[str, list[str]]] = []
        self.wording: Wording | None = None

    def section(self, title: str, commands: Iterable[click.Command]) -> None:
        """Register commands that belong together."""
        names = []
        for command in commands:
            self.add_command(command)
            names.append(command.name or "")
        self.sections.append((title, names))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands in their order."""
        return [name for _, names in self.sections for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, in the language of the run."""
        found = super().get_command(ctx, cmd_name)
        return found if found is None or self.wording is None else localised(found, self.wording)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of that name. Raises InputError, naming what is similar."""
        command = self.get_command(ctx, args[0])
        if command is None:
            raise _unknown_command(args[0], self.list_commands(ctx))
        return command.name, command, args[1:]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one list of commands for each subject."""
        for title, names in self.sections:
            with formatter.section(title):
                commands = [(name, self.get_command(ctx, name)) for name in names]
                lines = [(name, one.get_short_help_str(1000)) for name, one in commands if one is not None]
                formatter.write_dl(lines)


class Topic(Group):
    """What can be done about one thing, such as ``document add``; without a further word it lists that."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(name, callback=_list, **settings)

    def holds(self, *commands: click.Command) -> None:
        """Register what can be done."""
        self.section(N_("Commands"), commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run what comes after it. Raises StateError where a department does."""
        _refuse_departments(ctx)
        return super().invoke(ctx)


@click.pass_context
def _list(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _unknown_command(name: str, known: list[str]) -> InputError:
    similar = difflib.get_close_matches(name, known)
    if similar:
        return InputError(
            "There is no command '{name}'. Did you mean: {similar}?", name=name, similar=", ".join(similar)
        )
    return InputError("There is no command '{name}'. 'reception --help' lists the commands.", name=name)


def _help_option() -> Option:
    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:
            click.echo(ctx.get_help())
            ctx.exit()

    return Option(
        ["--help"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=N_("Show this page.")
    )


def option(*names: str, **settings: Any) -> Callable[[Function], Function]:
    """An option of ours."""
    return click.option(*names, cls=Option, **settings)


def localised(command: click.Command, wording: Wording) -> click.Command:
    """A copy of the command in the language of ``wording``; what is below it speaks it when it is asked for.

    All hundred at once would cost each start some milliseconds.
    """
    say = wording.gettext
    spoken = copy.copy(command)
    spoken.params = [_localised_parameter(param, wording) for param in command.params]
    spoken.help = say(command.help) if command.help else None
    spoken.short_help = (spoken.help or "").partition("\n\n")[0]
    spoken.options_metavar = say(command.options_metavar or "")
    if isinstance(command, Group) and isinstance(spoken, Group):
        spoken.subcommand_metavar = say(command.subcommand_metavar)
        spoken.wording = wording
        spoken.sections = [(say(title), names) for title, names in command.sections]
    return spoken


def _localised_parameter(param: click.Parameter, wording: Wording) -> click.Parameter:
    spoken = copy.copy(param)
    if param.metavar in METAVARS:
        spoken.metavar = wording.gettext(str(param.metavar))
    if isinstance(spoken, click.Option) and spoken.help:
        spoken.help = wording.gettext(spoken.help)
    return spoken


def plain_usage_error(error: click.UsageError, tree: click.Group) -> InputError:
    """What click found wrong in the order of the words, as an error of ours."""
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            return InputError(
                "There is no option {name} here. Did you mean: {similar}?",
                name=error.option_name,
                similar=", ".join(error.possibilities),
            )
        return InputError(
            "There is no option {name} here. '--help' lists the options; "
            "a text that begins with '-' comes after '--'.",
            name=error.option_name,
        )
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return _missing(error.param)
    if isinstance(error, click.BadOptionUsage):
        flags = {name for command in tree.commands.values() for name in _flags(command)} | _flags(tree)
        if error.option_name in flags:
            return InputError("The option {name} takes no value.", name=error.option_name)
        return InputError("The option {name} needs a value.", name=error.option_name)
    return InputError("{message}", message=error.format_message())


def _missing(param: click.Parameter) -> InputError:
    if isinstance(param, click.Option):
        return InputError("The option {name} is missing.", name=param.opts[0])
    return InputError(
        "{name} is missing; '--help' shows what belongs here.", name=param.metavar or param.name
    )


def _flags(command: click.Command) -> set[str]:
    return {
        name
        for param in command.params
        if isinstance(param, click.Option) and param.is_flag
        for name in param.opts
    }
