"""What is to be printed, as it is typed: forms by name, their arguments by place or by option."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reception.cli import read
from reception.cli.frame import Function, option
from reception.cli.state import AtDesk
from reception.errors import InputError, NotFoundError
from reception.numbers import parse_number
from reception.wording import N_

Argument = str | int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """How an argument of a form is given: its option, what stands for it in help pages, how it is read."""

    option: str
    metavar: str
    help: str
    read: Callable[[AtDesk, str], Argument]


def _desk(at: AtDesk, text: str) -> Argument:
    from reception.operations import printing

    code, known = text.strip().upper(), at.desk.ask(printing.desks)
    if not known:
        raise NotFoundError(
            "There is no desk '{code}': the desks of this register have no codes. Leave out {option}.",
            field="desk",
            code=code[:40],
            option="--desk",
        )
    if code not in known:
        raise NotFoundError(
            "There is no desk '{code}'. Known: {known}.",
            field="desk",
            code=code[:40],
            known=", ".join(known),
        )
    return code


ARGUMENTS: Mapping[str, Asked] = {
    "day": Asked("--day", "DATE", N_("Of which day; today if not given."), lambda _at, text: read.day(text)),
    "first_day": Asked("--from", "DATE", N_("The first day of a period."), lambda _at, text: read.day(text)),
    "last_day": Asked("--to", "DATE", N_("Its last day."), lambda _at, text: read.day(text)),
    "period": Asked(
        "--period", "WORD", N_("Of a bulletin: week or month."), lambda _at, text: text.strip().lower()
    ),
    "year": Asked("--year", "YEAR", N_("Of which year."), lambda _at, text: read.whole(text, "year")),
    "desk": Asked("--desk", "CODE", N_("Of one desk only."), _desk),
    "number": Asked(
        "--number", "NUMBER", N_("Of which entry."), lambda _at, text: str(parse_number(text.strip()))
    ),
    "referral": Asked(
        "--referral", "REFERRAL", N_("Of which referral."), lambda _at, text: text.strip().upper()
    ),
    "reminder": Asked(
        "--reminder",
        "N",
        N_("Which reminder of it; the last if not given."),
        lambda _at, text: read.positive(text, "reminder"),
    ),
    "notice": Asked(
        "--notice",
        "N",
        N_("Which notice of the entry; the last if not given."),
        lambda _at, text: read.positive(text, "notice"),
    ),
    "handover": Asked(
        "--handover",
        "N",
        N_("Which handover; this desk's last if not given."),
        lambda _at, text: read.positive(text, "handover"),
    ),
}
"""Every argument of a form's ``collect``, by its name there: the one place that reads them."""


def _last_handover(at: AtDesk) -> Argument:
    from reception.operations import shifts

    found = at.desk.ask(shifts.latest, limit=1)
    if not found:
        raise NotFoundError("No shift was handed over at this desk.", field="handover")
    return found[0].id


_USUAL: Mapping[str, Callable[[AtDesk], Argument]] = {"day": lambda at: at.today, "handover": _last_handover}
"""What an argument is where nobody gives it."""


def asks(command: Function) -> Function:
    """Give a command the options of all arguments."""
    for asked in reversed(list({one.option: one for one in ARGUMENTS.values()}.values())):
        place = asked.option.removeprefix("--") + "_"
        command = option(asked.option, place, metavar=asked.metavar, help=asked.help)(command)
    return command


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form, and what of it is to be printed."""

    form: str
    arguments: Mapping[str, Argument]


def wanted(at: AtDesk, words: Sequence[str], options: Mapping[str, str | None]) -> list[Wanted]:
    """The forms that ``words`` name, each followed by its arguments in their order; ``options`` go to all.

    Raises:
        InputError: no such form, a word or an option that none of them takes, something is missing.
    """
    given = {name.rstrip("_"): text for name, text in options.items() if text is not None}
    found = [_one(at, form, texts, given) for form, texts in _by_form(words)]
    for name in given:
        names = {key for key, asked in ARGUMENTS.items() if asked.option == f"--{name}"}
        if not any(names & one.arguments.keys() for one in found):
            raise InputError("What is to be printed takes no {option}.", option=f"--{name}")
    return found


def refuse_unknown(words: Sequence[str]) -> None:
    """Raises NotFoundError for a form that there is not: that is said before any register is opened."""
    for _form in _by_form(words):
        pass


def _by_form(words: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    from reception.paper import forms

    texts: list[str] = []
    form = ""
    for word in words:
        name = word.replace("-", "_").lower()
        if name in forms.NAMES:
            if form:
                yield form, texts
            form, texts = name, []
        elif not form:
            raise _no_form(word, forms.NAMES)
        else:
            texts.append(word)
    if form:
        yield form, texts


def _no_form(word: str, names: Sequence[str]) -> NotFoundError:
    known = [name.replace("_", "-") for name in names]
    near = difflib.get_close_matches(word.lower(), known) or known
    return NotFoundError(
        "There is no form '{form}'. Did you mean: {similar}?", form=word[:40], similar=", ".join(near)
    )


def _one(at: AtDesk, form: str, texts: list[str], given: Mapping[str, str]) -> Wanted:
    """One form with its arguments; what stands without an option fills the arguments in their order."""
    parameters = parameters_of(form)
    arguments: dict[str, Argument] = {}
    rest = list(texts)
    for name, parameter in parameters.items():
        asked = ARGUMENTS[name]
        text = given.get(asked.option.removeprefix("--"))
        if text is None and rest and (parameter.default is inspect.Parameter.empty or name in _USUAL):
            text = rest.pop(0)
        if text is not None:
            arguments[name] = asked.read(at, text)
        elif name in _USUAL:
            arguments[name] = _USUAL[name](at)
        elif parameter.default is inspect.Parameter.empty:
            raise InputError(
                "'{form}' needs {option}; '--help' says what it is.",
                form=form.replace("_", "-"),
                option=asked.option,
            )
    if rest:
        raise InputError(
            "'{text}' is one word too many; put a text with blanks between quotation marks.", text=rest[0]
        )
    return Wanted(form, arguments)


def parameters_of(form: str) -> Mapping[str, Any]:
    """What the ``collect`` of a form takes beside the session."""
    from reception.paper import forms

    parameters = dict(inspect.signature(forms.get(form).collect).parameters)
    parameters.pop("session")
    # what nobody has to give and no option names is settled by the form itself
    needed = inspect.Parameter.empty
    return {name: one for name, one in parameters.items() if name in ARGUMENTS or one.default is needed}
