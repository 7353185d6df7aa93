"""Which verbs a changed form means: nothing here knows a widget.

An act on an open entry is that act in the trail; a referral is one; anything else is a correction, with the
version that the corrector saw. The correction comes first, because it may be refused for what somebody else
did meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reception.errors import InputError
from reception.facts import Act, EntryRow, EntryStatus, NewReferral
from reception.wording import N_

Verb = tuple[str, tuple[Any, ...], dict[str, Any]]
"""Name, arguments and keyword arguments for `Lanes.write`, the uid excepted."""


def verbs(
    row: EntryRow,
    version: int | None,
    values: Mapping[str, Any],
    changes: Mapping[str, Any],
    referral: Callable[[], NewReferral] | None,
) -> list[Verb]:
    """The verbs to run, in order.

    Args:
        row: the entry as it was shown.
        version: the one that was shown last.
        values: what the whole form means.
        changes: those of ``values`` that the clerk changed.
        referral: makes the referral where the entry is to be referred (again), else None.
    """
    left, acting = dict(changes), list[Verb]()
    open_act = row.status is EntryStatus.OPEN and values["act"] is not None
    if referral is not None:
        for name in ("act", "call_result", "department_id"):
            left.pop(name, None)
        acting.append(("referrals.refer", (row.id, referral()), {}))
    elif open_act and {"act", "call_result"} & set(changes):
        kwargs = {name: values[name] for name in ("call_result", "department_id", "outcome")}
        for name in ("act", *kwargs):
            left.pop(name, None)
        acting.append(("entries.act", (row.id, values["act"]), kwargs))
    correcting: list[Verb] = [("entries.correct", (row.id, left), {"version": version})] if left else []
    return correcting + acting


def to_refer(values: Mapping[str, Any], changes: Mapping[str, Any], *, again: bool) -> bool:
    """Whether the form asks for a referral. Raises InputError when it does not say to whom."""
    wanted = again or (values["act"] is Act.REFERRED and "act" in changes)
    if wanted and values["department_id"] is None:
        raise InputError(N_("Say to which department the matter is referred."), field="department_id")
    return wanted
