"""Meeting notices by phone (会议通知): what is told, who is invited, who was told of which round, who comes.

A notice of ours is an entry of its own kind, its name the entry's subject. Each call is an outgoing call of
the day, with the same call-backs as any other; one that somebody told us of is the call by which they did.
"""

from __future__ import annotations

from reception.operations.office.meetings.calling import call, reply
from reception.operations.office.meetings.known import known
from reception.operations.office.meetings.reading import (
    invitees,
    past,
    pending,
    rows,
    uncalled,
    view,
)
from reception.operations.office.meetings.writing import (
    amend,
    answer_sender,
    begin,
    cancel,
    change,
    end,
    end_over,
    invite,
    lay,
    notify,
    receive,
    uninvite,
)

__all__ = [
    "amend",
    "answer_sender",
    "begin",
    "call",
    "cancel",
    "change",
    "end",
    "end_over",
    "invite",
    "invitees",
    "known",
    "lay",
    "notify",
    "past",
    "pending",
    "receive",
    "reply",
    "rows",
    "uncalled",
    "uninvite",
    "view",
]
