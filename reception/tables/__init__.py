"""The tables: what the register keeps.

Plain Core tables: no verb needs mapped objects, and mapping them would cost each start 60 ms. Only the store
and the verbs see them. The schema itself is made by the migrations; a check compares both. Days are
``YYYYMMDD`` in the site's zone, instants are UTC.
"""

from __future__ import annotations

from reception.tables.base import NAMING, BigId, Instant, metadata
from reception.tables.derived import pending, posting, posting_block, state
from reception.tables.entries import DERIVED, attempt, callback, entry, notice, part, party, referral, step
from reception.tables.office import (
    OF_ENTRY,
    circulation,
    document,
    event,
    expected,
    instruction,
    invitation,
    invitee,
    job,
    job_step,
    loan,
    meeting,
    parcel,
    urgent,
)
from reception.tables.people import person, person_key, person_keyed, phone
from reception.tables.printing import picture, printed
from reception.tables.site import (
    absence,
    department,
    desk,
    duty,
    handover,
    journal,
    limit_rule,
    matter,
    operator,
    pinned_note,
    private,
    setting,
    working_year,
)

__all__ = [
    "DERIVED",
    "NAMING",
    "OF_ENTRY",
    "BigId",
    "Instant",
    "absence",
    "attempt",
    "callback",
    "circulation",
    "department",
    "desk",
    "document",
    "duty",
    "entry",
    "event",
    "expected",
    "handover",
    "instruction",
    "invitation",
    "invitee",
    "job",
    "job_step",
    "journal",
    "limit_rule",
    "loan",
    "matter",
    "meeting",
    "metadata",
    "notice",
    "operator",
    "parcel",
    "part",
    "party",
    "pending",
    "person",
    "person_key",
    "person_keyed",
    "phone",
    "picture",
    "pinned_note",
    "posting",
    "posting_block",
    "printed",
    "private",
    "referral",
    "setting",
    "state",
    "step",
    "urgent",
    "working_year",
]
