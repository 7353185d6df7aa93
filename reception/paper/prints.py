"""What is printed, sealed before it is printed; and what a sheet shows, compared with the register.

``gather`` reads and works out the digests, outside of any writing transaction; ``operations.printing.commit``
makes the print of its ``promise``; ``making.write`` lays it out.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reception import proofs
from reception.errors import InputError, StateError
from reception.facts.printing import Stamp
from reception.facts.prints import Deed, Difference, LineState, Promise, Verified
from reception.numbers import day_date
from reception.paper import forms, style
from reception.paper.style import Style

if TYPE_CHECKING:
    from reception.context import Session

Argument = str | int | None
_SALT = 16


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that one form shows, and what a print of it would be.

    ``count`` is what the print would have: more than 1 is a reprint. ``preview_stamp`` is for the same paper
    without a print.
    """

    form: str
    data: Any
    style: Style
    language: str
    promise: Promise
    count: int
    preview_stamp: Stamp

    @property
    def corrected(self) -> frozenset[str]:
        """The keys of the lines that the last print of the same showed otherwise."""
        return self.promise.corrected


def gather(
    session: Session,
    /,
    name: str,
    language: str,
    *,
    paper: str = "",
    uid: uuid.UUID | None = None,
    **arguments: Argument,
) -> Gathered:
    """Read what the form ``name`` shows, in whatever language it will be printed.

    Args:
        session: reads; nothing is written.
        name: one of ``forms.NAMES``.
        language: what the paper will speak.
        paper: in place of the site's choice.
        uid: that of the print, where it may have been made before: it is told then whether the lines are
            still the same, because the same uid gives the same stamp.
        arguments: what the form's ``collect`` takes. What would mean another thing later (the latest
            reminder) is settled by the form itself (``settle``, where it has one).

    Raises:
        KeyError: there is no such form; StateError: this very print was made, and its lines changed since;
        InputError: all days that it is of are still to come;
        whatever the form's ``collect`` raises.
    """
    from reception.context import present
    from reception.operations import printing

    module = forms.get(name)
    before = printing.made(session, uid) if uid is not None else None
    made = printing.kept(session, before) if before is not None else None
    arguments = _settled(session, module, arguments, made.arguments if made is not None else {})
    heads, chosen = printing.heads(session), style.collect(session, module.FORM, paper)
    data, subject = module.collect(session, **arguments), module.subject(**arguments)
    salt = made.salt if made is not None else os.urandom(_SALT)
    digests = proofs.digests(salt, module.lines(data))
    if made is not None and made.lines != digests:
        raise StateError("This was printed before, and what it shows changed since. Print it anew.")
    corrected = frozenset() if made is not None else _corrected(session, module, data, subject)
    packed = proofs.pack(digests, corrected, module.FORM.shape)
    promise = Promise(
        form=name,
        subject=subject,
        arguments=_canonical(arguments),
        language=language,
        heads=heads,
        lines=len(digests),
        salt=salt,
        digests=packed,
        digest=proofs.sha256(packed),
        corrected=corrected,
    )
    here = present(session)
    stamp = Stamp(made_at=here.instant, made_by=here.operator, preview=True, corrected=corrected)
    number = printing.count(session, name, subject) + 1
    return Gathered(name, data, chosen, language, promise, number, stamp)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a preview shows; ``count`` is what a print of it would have."""

    data: Any
    style: Style
    count: int
    stamp: Stamp


def look(session: Session, /, name: str, *, paper: str = "", **arguments: Argument) -> Looked:
    """As `gather`, for who only looks: nothing is worked out that a print alone has to promise.

    Raises:
        KeyError: there is no such form; InputError: all days that it is of are still to come; whatever the
        form's ``collect`` raises.
    """
    from reception.context import present
    from reception.operations import printing

    module = forms.get(name)
    arguments = _settled(session, module, arguments, {})
    chosen = style.collect(session, module.FORM, paper)
    data, subject = module.collect(session, **arguments), module.subject(**arguments)
    here, corrected = present(session), _corrected(session, module, data, subject)
    stamp = Stamp(made_at=here.instant, made_by=here.operator, preview=True, corrected=corrected)
    return Looked(data, chosen, printing.count(session, name, subject) + 1, stamp)


def _settled(
    session: Session, module: Any, told: dict[str, Argument], kept: Mapping[str, Argument]
) -> dict[str, Argument]:
    """What the arguments mean now; ``kept`` are those of this very print, if it was made before."""
    if kept and _of_the_same(kept, told):
        arguments = dict(kept)  # what was the latest then may be another by now
    elif settle := getattr(module, "settle", None):
        arguments = settle(session, **told)
    else:
        arguments = told
    _refuse_to_come(session, arguments)
    return arguments


def _of_the_same(kept: Mapping[str, Argument], told: Mapping[str, Argument]) -> bool:
    """Whether a print with these arguments kept was asked for in these words."""
    return all(kept.get(name) == value for name, value in told.items() if value)


def _refuse_to_come(session: Session, arguments: Mapping[str, Argument]) -> None:
    """A sheet of days to come would pass for one of days on which nobody came."""
    from reception.operations import printing

    year = arguments.get("year")
    first = arguments.get("day") or arguments.get("first_day") or (int(year) * 10_000 + 101 if year else 0)
    if first and printing.to_come(session, int(first)):
        raise InputError(
            "Nothing can be printed of {day}: that day is still to come.",
            field="day",
            day=day_date(int(first)).isoformat(),
        )


def _canonical(arguments: Mapping[str, Argument]) -> str:
    return json.dumps(arguments, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _corrected(session: Session, module: Any, data: Any, subject: str) -> frozenset[str]:
    """The keys of the lines that the last print of the same showed with other values.

    A line that was only made void since says so itself: nothing else on it was corrected.
    """
    from reception.operations import printing

    former = printing.last(session, module.FORM.name, subject)
    if former is None or former.shape != module.FORM.shape:
        return frozenset()
    now = proofs.digests(former.salt, module.lines(data))
    changed = [key for key, digest in former.lines.items() if now.get(key, digest) != digest]
    entries = printing.entries_of(session, changed)
    done = printing.deeds(session, "entry", sorted({one for one, _number in entries.values()}), former.heads)
    voided = {entry for entry, deeds in done.items() if all(one.verb == "void" for one in deeds)}
    return frozenset(key for key in changed if entries.get(key, (0, ""))[0] not in voided)


def verify(session: Session, code: str) -> Verified:
    """Compare a sheet with what the register holds now, line by line, by the code that the sheet bears.

    Raises:
        InputError: a mistyped code; NotFoundError: no such sheet; StateError: what it shows was erased, is
        sealed for whoever asks, or was told by another version of the program.
    """
    from reception.operations import printing

    sheet = printing.find(session, code)
    kept = printing.kept(session, sheet.id)
    module = forms.get(sheet.form)
    if kept.shape != module.FORM.shape:
        raise StateError(
            "Another version of the program printed this sheet; its lines cannot be compared one by one."
        )
    refused, now = None, {}
    try:
        data = module.collect(session, **kept.arguments)
        now = proofs.digests(kept.salt, module.lines(data))
    except StateError as error:  # what is void now has no pass any more: all that it showed is gone
        refused = error
    states = {
        key: LineState.CHANGED if key in now else LineState.GONE
        for key, digest in kept.lines.items()
        if now.get(key) != digest
    }
    states |= {key: LineState.NEW for key in now if key not in kept.lines}
    differences = _told(session, states, kept.heads)
    if refused is not None and not any(one.deeds for one in differences):
        raise refused  # nobody did anything: whoever asks may not see it
    orphaned = any(not one.deeds for one in differences)
    elsewhere: tuple[Deed, ...] = printing.around(session, kept.heads) if orphaned else ()
    if orphaned and not elsewhere:
        quiet = not printing.anything(session, kept.heads)
        differences = tuple(_explained(one, quiet=quiet) for one in differences)
    return Verified(
        sheet=sheet,
        holds=printing.holds(session, sheet.id),
        differences=differences,
        elsewhere=elsewhere,
        prints=printing.count(session, sheet.form, sheet.subject),
    )


def _explained(one: Difference, *, quiet: bool) -> Difference:
    """The line as it is told where nothing was done around it; ``quiet``: nothing was done at all.

    Totals and heads come of many entries: any act may have changed those.
    """
    return replace(one, explained=bool(one.deeds) or not (one.entry_id or quiet))


def _told(
    session: Session, states: Mapping[str, LineState], since: Mapping[int, int]
) -> tuple[Difference, ...]:
    """The lines that differ, each with its entry and what was done to that since."""
    from reception.operations import printing

    entries = printing.entries_of(session, states)
    deeds = printing.deeds(session, "entry", sorted({one for one, _number in entries.values()}), since)
    found = []
    for key, state in states.items():
        entry_id, number = entries.get(key, (0, ""))
        found.append(Difference(key, state, entry_id, number, deeds.get(entry_id, ())))
    return tuple(found)
