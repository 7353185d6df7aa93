"""What a row of what is to be done is called, with its icon and its colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from reception.facts import Todo, TodoRow
from reception.words import TODOS
from ui.today.calls import is_call
from ui.waiting import Waiting
from ui.wording import N_, _

WHAT: Mapping[Todo, tuple[str, str, str]] = {
    Todo.URGENT: (TODOS[Todo.URGENT], "triangle-alert", "alarm"),
    Todo.UNHANDLED: (TODOS[Todo.UNHANDLED], "mail-open", "care"),
    Todo.UNCALLED: (TODOS[Todo.UNCALLED], "bell", "alarm"),
    Todo.NOTIFIED: (TODOS[Todo.NOTIFIED], "phone-incoming", "alarm"),
    Todo.EXPECTED: (TODOS[Todo.EXPECTED], "users", "care"),
    Todo.NOT_BACK: (TODOS[Todo.NOT_BACK], "archive-restore", "care"),
    Todo.PARCEL: (TODOS[Todo.PARCEL], "inbox", "care"),
    Todo.OVERDUE: (TODOS[Todo.OVERDUE], "triangle-alert", "alarm"),
    Todo.DUE_TODAY: (TODOS[Todo.DUE_TODAY], "calendar-days", "alarm"),
    Todo.RETURNED: (TODOS[Todo.RETURNED], "corner-up-left", "alarm"),
    Todo.ASKED: (TODOS[Todo.ASKED], "calendar-days", "alarm"),
    Todo.NOT_RECEIVED: (TODOS[Todo.NOT_RECEIVED], "send", "care"),
    Todo.CALL_BACK_PERSON: (TODOS[Todo.CALL_BACK_PERSON], "phone-outgoing", "care"),
    Todo.CALLBACK: (TODOS[Todo.CALLBACK], "phone-call", "care"),
    Todo.LEADER: (TODOS[Todo.LEADER], "eye", "care"),
    Todo.WAITING: (TODOS[Todo.WAITING], "hourglass", "alarm"),
    Todo.REMIND: (TODOS[Todo.REMIND], "bell", "care"),
    Todo.ANSWERED: (TODOS[Todo.ANSWERED], "mail-open", "care"),
    Todo.OPEN: (TODOS[Todo.OPEN], "clock", "care"),
    Todo.CHECK: (TODOS[Todo.CHECK], "list-checks", "care"),
    Todo.UNDER_WAY: (TODOS[Todo.UNDER_WAY], "send", "muted"),
    Todo.ENDED: (TODOS[Todo.ENDED], "circle-check", "muted"),
}
"""Word, icon and tone of each reason."""
_OVERDUE = (N_("Call overdue"), "phone-missed", "alarm")
_NOT_LAID = (N_("Meeting to be laid before"), *WHAT[Todo.NOTIFIED][1:])
ICONS = (
    *((icon, tone) for _word, icon, tone in (*WHAT.values(), _OVERDUE)),
    ("hourglass", "care"),
    ("bell", "alarm"),
)
"""What the table's cells show, name and tone."""
_COMING = {"later": ("clock", "muted"), "now": ("users", "care"), "missed": ("circle-alert", "alarm")}
"""Icon and tone of who is expected (``Coming``)."""


_ROOMS = {
    Todo.URGENT: "urgent",
    Todo.UNHANDLED: "documents",
    Todo.UNCALLED: "meetings",
    Todo.NOTIFIED: "meetings",
    Todo.EXPECTED: "expected",
    Todo.NOT_BACK: "loans",
    Todo.PARCEL: "parcels",
}
_DOES: Mapping[Todo, tuple[str, str]] = {
    Todo.EXPECTED: (N_("Arrived"), "check"),
    Todo.URGENT: (N_("Open the log"), "triangle-alert"),
    Todo.UNHANDLED: (N_("Open the paper"), "mail-open"),
    Todo.UNCALLED: (N_("Open the notice"), "bell"),
    Todo.NOTIFIED: (N_("Open the notice"), "phone-incoming"),
    Todo.NOT_BACK: (N_("Open the loan"), "archive-restore"),
    Todo.PARCEL: (N_("Open the parcel"), "inbox"),
    Todo.ASKED: (N_("Extend"), "calendar-days"),
    Todo.RETURNED: (N_("Re-route"), "send"),
    Todo.CALL_BACK_PERSON: (N_("Called the person back"), "phone-outgoing"),
    Todo.LEADER: (N_("Leader has seen it"), "eye"),
    Todo.ANSWERED: (N_("Close"), "check"),
}
_WORKED_ON = N_("Work on it"), "send"


def does(what: Todo) -> tuple[str, str]:
    """What the one key of Today's list does with such a row, for the button: word and icon."""
    word, icon = _DOES.get(what, _WORKED_ON)
    return _(word), icon


def room_of(row: TodoRow) -> str:
    """The room of the Office page in which a row of what is to be done is worked on, "" for none."""
    return _ROOMS.get(row.what, "")


def sign_of(row: TodoRow, waiting: Waiting, now: dt.datetime) -> tuple[str, str, str]:
    """Word, icon and tone of a row, which always say the same."""
    if row.what is Todo.WAITING:
        return waiting.word(row.since, now), waiting.icon(row.since, now), waiting.tone(row.since, now)
    if row.what is Todo.EXPECTED:
        return expected(row.since, row.due_at or row.since, now)
    overdue = is_call(row) and row.due_at is not None and row.due_at <= now
    word, icon, tone = _OVERDUE if overdue else WHAT[row.what]
    if row.what is Todo.NOTIFIED and not row.owner:
        word, icon, tone = _NOT_LAID
    return _(word), icon, tone


def expected(at: dt.datetime, by: dt.datetime, now: dt.datetime) -> tuple[str, str, str]:
    """Word, icon and tone of who is expected at ``at``, ``by`` the latest: later, about now, or not come."""
    from reception.facts.awaited import coming  # not before the first paint
    from reception.office_words import COMING

    what = coming(at, by, now)
    return (_(COMING[what]), *_COMING[what.value])
