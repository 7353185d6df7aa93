"""The rest of the front office: papers, meeting notices, jobs, urgent events; who is expected, what is lent.

A paper, a notice of ours, a job and an urgent event are entries; what only they have stands here, beside the
entry, by its place (``ordinal``) within it. What somebody noted is never erased: taken back, it is withdrawn.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from reception.tables.base import BigId, Instant, metadata


def _of_entry(name: str, *columns: Column[object] | Index | UniqueConstraint) -> Table:
    """A table of what belongs to an entry: who noted it when, and whether it stands."""
    return Table(
        name,
        metadata,
        Column("id", BigId, primary_key=True),
        Column("entry_id", BigId, ForeignKey("entry.id"), nullable=False),
        Column("ordinal", Integer, nullable=False),
        Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
        Column("at", Instant, nullable=False),
        Column("status", String(16), nullable=False),
        *columns,
        UniqueConstraint("entry_id", "ordinal"),
    )


def _text(name: str) -> Column[object]:
    return Column(name, Text, nullable=False)


meeting = _of_entry(
    "meeting",
    Column("received", Boolean, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    _text("convener"),
    _text("agenda"),
    Column("meets_at", Instant),
    _text("place"),
    _text("attendance"),
    _text("materials"),
    _text("dress"),
    Column("reply_by", Instant),
    _text("issued_by"),
    Column("laid_at", Instant),
    _text("laid_before"),
    Column("answered_at", Instant),
    _text("answered_whom"),
    Column("ended_at", Instant),
    Index("ix_meeting_ended_at", "ended_at", "meets_at"),
)
"""A meeting that is notified by phone (会议通知); ``ordinal`` is the round.

A change of time or place makes a new one, and so does its being ``cancelled``. ``received``: somebody
notified us; the entry is then the call by which they did, and the notice is laid before a leader
(``laid_before``) and answered (``answered_whom``). ``attendance`` is who should come, by position.
``ended_at`` of the latest round: nothing is to be done about it any more.
"""

invitee = _of_entry(
    "invitee",
    Column("department_id", BigId, ForeignKey("department.id")),
    _text("name"),
    _text("position"),
    _text("phone"),
    Column("reply", String(16)),
    Column("replied_at", Instant),
    _text("attendee"),
    _text("reason"),
)
"""One who is invited to a meeting of ours: a department, a person, a unit outside.

``reply``: will attend (``attendee`` who) or is excused (``reason`` why).
"""

invitation = _of_entry(
    "invitation",
    Column("invitee", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("call_id", BigId, ForeignKey("entry.id"), nullable=False),
    Column("told_at", Instant),
    _text("told_whom"),
    Index("ix_invitation_call_id", "call_id"),
)
"""An invitee told of one round of a meeting, by an outgoing call of the day (``call_id``).

``invitee`` and ``round`` are places within the meeting's entry; ``told_at`` is the ✓, ``told_whom`` who
answered. Only what was told of the latest round counts; what was told of an earlier one is stale.
"""

document = _of_entry(
    "document",
    Column("year", Integer),
    Column("number", Integer),
    _text("sender"),
    _text("sender_number"),
    Column("sender_day", Integer),
    Column("copies", Integer, nullable=False),
    Column("way", String(16), nullable=False),
    _text("brought_by"),
    _text("proposed"),
    Column("filed_at", Instant),
    _text("filed_where"),
    Index("ix_document_filed_at", "filed_at", "id"),
    UniqueConstraint("year", "number"),
)
"""A paper received (来文), the only row of its entry; ``year`` and ``number`` count the papers of a year.

``sender_number`` and ``sender_day`` (``YYYYMMDD``) are what the paper bears, ``proposed`` is 拟办意见. The
departments that handle it, and by when, are its referrals.
"""

circulation = _of_entry(
    "circulation",
    Column("department_id", BigId, ForeignKey("department.id")),
    _text("whom"),
    Column("signed_at", Instant),
    _text("note"),
    Index("ix_circulation_signed_at", "signed_at", "id"),
)
"""Somebody to whom a paper is circulated (传阅), and when they signed for having read it."""

instruction = _of_entry(
    "instruction",
    _text("leader"),
    _text("words"),
    Column("stands_on", String(16), nullable=False),
    Column("referral", Integer),
    Column("on_day", Integer),
    Column("job_id", BigId, ForeignKey("entry.id")),
    Index("ix_instruction_on_day", "on_day"),
    Index("ix_instruction_job_id", "job_id"),
)
"""What a leader wrote by hand (批示) on a page of an entry, a referral (its place), a paper, or of a day.

``on_day`` (``YYYYMMDD``) is the day on whose sheet it stands. ``job_id`` is the job that came of it.
"""

job = _of_entry(
    "job",
    _text("given_by"),
    _text("given_to"),
)
"""A job that a leader handed out (领导交办), the only row of its entry.

The words as said are the entry's request; where it goes and by when, its referral.
"""

job_step = _of_entry(
    "job_step",
    Column("kind", String(16), nullable=False),
    Column("level", String(16)),
    _text("whom"),
    _text("words"),
    _text("reply"),
)
"""What was done about a job, or reported upward: to which level, to ``whom``, what they said (``reply``)."""

urgent = _of_entry(
    "urgent",
    _text("place"),
    Column("ended_at", Instant),
    Index("ix_urgent_ended_at", "ended_at", "id"),
)
"""An urgent event (紧急情况) or a group (集体访), the only row of its entry; ``ended_at``: it is over."""

event = _of_entry(
    "event",
    Column("kind", String(16), nullable=False),
    _text("whom"),
    _text("phone"),
    Column("reached", Boolean),
    _text("words"),
)
"""One line of the log of an urgent event; the lines stay in the order in which they were written."""

OF_ENTRY = {
    table.name: table
    for table in (
        *(meeting, invitee, invitation, document, circulation),
        *(instruction, job, job_step, urgent, event),
    )
}
"""What the journal names by ``<table>/<ordinal>`` on the lines of an entry."""

expected = Table(
    "expected",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("day", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant),
    _text("name"),
    _text("organisation"),
    _text("phone"),
    Column("party_size", Integer, nullable=False),
    _text("plate"),
    _text("room"),
    Column("department_id", BigId, ForeignKey("department.id")),
    _text("whom"),
    _text("subject"),
    _text("note"),
    _text("calendar_uid"),
    Column("status", String(16), nullable=False),
    Column("visit_id", BigId, ForeignKey("entry.id")),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_expected_day", "day", "at"),
    Index("ix_expected_status", "status", "at"),
    Index("ix_expected_calendar_uid", "calendar_uid"),
)
"""Who is expected: an appointment or a delegation; ``visit_id`` is the visit by which they came.

``calendar_uid`` is the UID of the calendar event from which it was imported, "" for none.
"""

loan = Table(
    "loan",
    metadata,
    Column("id", BigId, primary_key=True),
    _text("thing"),
    Column("pieces", Integer, nullable=False),
    _text("whom"),
    _text("phone"),
    Column("department_id", BigId, ForeignKey("department.id")),
    Column("entry_id", BigId, ForeignKey("entry.id")),
    Column("lent_at", Instant, nullable=False),
    Column("back_by", Instant),
    Column("returned_at", Instant),
    _text("note"),
    Column("status", String(16), nullable=False),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Index("ix_loan_status", "status", "back_by"),
)
"""A thing lent at the desk (a key, an umbrella): to whom, back by when; ``entry_id`` is their visit."""

parcel = Table(
    "parcel",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", String(16), nullable=False),
    _text("sender"),
    _text("tracking"),
    _text("whom"),
    Column("department_id", BigId, ForeignKey("department.id")),
    Column("pieces", Integer, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("handed_at", Instant),
    _text("handed_to"),
    _text("note"),
    Column("status", String(16), nullable=False),
    Column("operator_id", BigId, ForeignKey("operator.id"), nullable=False),
    Index("ix_parcel_status", "status", "received_at"),
)
"""A parcel or a letter taken in for ``whom`` among the staff, and to whom it was handed out."""
