"""Entries, their persons, their referrals, the calls that are owed."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from reception.tables.base import BigId, Instant, metadata

entry = Table(
    "entry",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("uid", Uuid, nullable=False, unique=True),
    Column("desk_id", BigId, ForeignKey("desk.id"), nullable=False),
    Column("day", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Column("party_size", Integer, nullable=False),
    Column("matter_id", BigId, ForeignKey("matter.id")),
    Column("subject", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("category", String(16)),
    Column("urgency", String(16), nullable=False),
    Column("act", String(16)),
    Column("call_result", String(16)),
    Column("department_id", BigId, ForeignKey("department.id")),
    Column("status", String(16), nullable=False),
    Column("waiting_since", Instant),
    Column("seen_at", Instant),
    Column("left_at", Instant),
    Column("visits", String(16)),
    Column("complained_about", Text, nullable=False),
    Column("people_concerned", Integer),
    Column("amount", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("evidence", Boolean),
    Column("papers", Text, nullable=False),
    Column("identity_protected", Boolean, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("plate", Text, nullable=False),
    Column("read_back", Boolean),
    Column("callback_wanted", Boolean, nullable=False),
    Column("void_reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("line_desk_id", Integer, nullable=False),
    Column("line", BigInteger, nullable=False),
    Column("left_estimated", Boolean),
    Column("case_id", BigId, ForeignKey("entry.id")),
    Column("source", String(16)),
    Column("source_number", Text, nullable=False, server_default=text("''")),
    Column("checked", Boolean),
    Column("concerned_id", BigId, ForeignKey("department.id")),
    UniqueConstraint("day", "epoch", "sequence", "desk_id", name="uq_entry_number"),
    Index("ix_entry_status_id", "status", "id"),
)
"""A visit or a call. Personal data sits apart, in ``entry_party``.

``left_estimated``: nobody signed out, so the desk closed the visit at the end of the day. ``case_id``: the
entry whose matter this one asks about again. ``source`` and ``source_number``: by what way the matter came,
and the number that it bore there. ``checked``: somebody went over a line that lacks something and left it so.
``concerned_id``: the department that a complaint, a report or an accusation is about.
"""

party = Table(
    "entry_party",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("phone_digits", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("sex", String(16)),
    Column("document_type", Text, nullable=False),
    Column("document_number", Text, nullable=False),
    Column("person_id", BigId, ForeignKey("person.id")),
    UniqueConstraint("entry_id", "position"),
    Index("ix_entry_party_person_id_entry_id", "person_id", "entry_id"),
)
"""One person of an entry; position 0 is the main one.

``person_id`` is worked out from name, telephone and organisation (``operations.people``). The journal tells
of it only where the clerk chose the person.
"""

referral = Table(
    "referral",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Column("instruction", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closing_note", Text, nullable=False),
    Column("slip_year", Integer),
    Column("slip_number", Integer),
    Column("limit_amount", Integer),
    Column("limit_clock", String(16)),
    Column("remind_days", Integer),
    Column("started_at", Instant),
    Column("due_day", Integer),
    Column("due_at", Instant),
    Column("provisional", Boolean),
    Column("paused_at", Instant),
    Column("leader_asked", Boolean),
    Column("person_asked", Boolean),
    Column("leader", Text, nullable=False, server_default=text("''")),
    Column("waits", String(16)),
    Column("press_at", Instant),
    Column("reminded", Integer),
    UniqueConstraint("entry_id", "ordinal"),
    Index("ix_referral_status_id", "status", "id"),
    Index("uq_referral_slip", "slip_year", "slip_number", unique=True),
)
"""A matter sent on in writing; ``ordinal`` counts the referrals of one entry.

``slip_year`` and ``slip_number`` name its written slip. The limit (``deadlines``) began at ``started_at``
and ends on ``due_day``, it is overdue from ``due_at``; ``provisional`` rests on a year that is not known yet.
Since ``paused_at`` its clock stands. ``leader_asked`` and ``person_asked``: before it closes, the leader must
have seen the result and the person been called back. ``leader`` gave an instruction on it. The rest is
``DERIVED``.
"""

part = Table(
    "referral_part",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("referral_id", BigId, ForeignKey("referral.id"), nullable=False),
    Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("department_id", BigId, ForeignKey("department.id"), nullable=False),
    Column("sending", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("told_at", Instant),
    Column("told_whom", Text, nullable=False),
    Column("received_at", Instant),
    Column("received_by", Text, nullable=False),
    Column("answered_at", Instant),
    Column("answer", Text, nullable=False),
    Column("returned_at", Instant),
    Column("return_reason", Text, nullable=False),
    Column("officer", Text, nullable=False, server_default=text("''")),
    Column("stood_in", Boolean),
    Column("on_behalf", Boolean),
    Column("outcome", String(16)),
    Column("passed_to", BigId, ForeignKey("department.id")),
    Column("case_number", Text, nullable=False, server_default=text("''")),
    Column("contacted", Boolean),
    Column("contacted_at", Instant),
    Column("contacted_how", Text, nullable=False, server_default=text("''")),
    Column("waits", String(16)),
    UniqueConstraint("entry_id", "department_id", "sending"),
    Index("ix_referral_part_department_id_id", "department_id", "id"),
    Index("ix_referral_part_referral_id", "referral_id"),
    Index("ix_referral_part_status_id", "status", "id"),
)
"""One department's share of a referral; ``sending`` counts the sendings of one entry to it.

``officer`` is whom it goes to; ``stood_in``: B, because A was away; ``on_behalf``: both were, so the desk
took it for them. ``outcome`` is what its answer was, ``case_number`` the department's own, ``passed_to`` whom
it proposed instead of itself. ``contacted``: the person was told by the department.
"""

DERIVED = frozenset({"waits", "press_at", "reminded"})
"""Columns of referrals and parts that are worked out from the rest (``tables.standing``).

By them the few that run are found and sorted without a look at the many that ended. Of a referral: what it
``waits`` for, from when it presses, the rung of the ladder up to which it was reminded. Of a part: its status
as long as it counts in a referral that runs. No journal tells of them.
"""

step = Table(
    "referral_step",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("referral_id", BigId, ForeignKey("referral.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Column("department_id", BigId, ForeignKey("department.id")),
    Column("rung", Integer),
    Column("way", String(16)),
    Column("whom", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("replied_at", Instant),
    Column("reached", Boolean),
    Column("content", Boolean),
    Column("until", Instant),
    Column("due_before", Integer),
    Column("due_after", Integer),
    UniqueConstraint("entry_id", "ordinal"),
    Index("ix_referral_step_referral_id_kind", "referral_id", "kind"),
)
"""What was done about a referral as a whole (``facts.StepKind``); ``ordinal`` counts those of one entry.

Of a reminder: ``rung`` of the ladder (none if it was not its turn), ``department_id``, ``way``, ``whom``,
``reply``. Of an extension: ``whom`` approved it, ``words`` why, the days before and after. Of a pause:
``words`` what is awaited, ``until`` when the clock went on. Of a look back: ``whom``, ``reached``,
``content``, ``words``. Of a request for more time: ``department_id``, ``rung`` is how many more days or
hours, ``words`` why, the days before and after; decided at ``replied_at``, granted or not (``content``), by
``whom``, who said ``reply``.
"""

callback = Table(
    "callback",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("phone", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("ended_at", Instant),
    Column("reason", Text, nullable=False),
    UniqueConstraint("entry_id", "ordinal"),
    Index("ix_callback_status_due_at", "status", "due_at"),
)
"""A call that is owed: when, by whom (``owner``), about what; until it is done or given up with a reason."""

attempt = Table(
    "callback_attempt",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("callback_id", BigId, ForeignKey("callback.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("result", String(16), nullable=False),
    Column("reached", Text, nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("entry_id", "ordinal"),
    Index("ix_callback_attempt_callback_id", "callback_id"),
)
"""One attempt to call back; ``ordinal`` counts those of one entry, ``reached`` is who answered."""

notice = Table(
    "notice",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("matter_id", BigId, ForeignKey("matter.id"), nullable=False),
    Column("matter", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("materials", Text, nullable=False),
    Column("lacks", Text, nullable=False),
    Column("steps", Text, nullable=False),
    Column("time_limit", Text, nullable=False),
    Column("fee", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("refusal", Text, nullable=False),
    Column("whereto", Text, nullable=False),
    Column("status", String(16), nullable=False),
    UniqueConstraint("entry_id", "ordinal"),
)
"""What somebody was told in full and in writing (一次性告知), as the catalogue had it that day.

``ordinal`` counts the notices of one entry; ``materials`` holds one paper per line, without those that this
person need not bring, ``lacks`` those of them that the person did not have.
"""
