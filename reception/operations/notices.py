"""一次性告知: what a matter needs, told once, in full and in writing, as the catalogue has it on that day.

The catalogue's signs for clerks are not told: △ is left out, and where ▲ stands the line, to be filled in by
hand once it was looked up.

The notice keeps the words it was given with: whoever changes the catalogue later changes no notice. Its
paper may be in somebody's hands, so that one given by mistake is withdrawn and never erased.
"""

from __future__ import annotations

import uuid

from sqlalchemy import RowMapping, func, insert, select

from reception import tables
from reception.context import Session, now, present
from reception.errors import InputError, NotFoundError
from reception.facts import NewNotice, NoticeStatus, NoticeView, Receipt
from reception.operations import cleaning, touching, veiling
from reception.text.papers import lines_of

_N, _M, _D = tables.notice, tables.matter, tables.department
GIVEN = NoticeStatus.GIVEN.value
_DIFFERS, _UNSURE = "△", "▲"
"""The catalogue's own signs for clerks: it differs from place to place; it still has to be looked up."""


def give(session: Session, entry_id: int, new: NewNotice, *, uid: uuid.UUID) -> Receipt:
    """Somebody was told about a matter in full; its number within the entry is the next one.

    Raises InputError for a paper that the catalogue does not name, or that is there and not needed,
    NotFoundError; StateError for a void or sealed entry.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    veiling.refuse_sealed(session, touched.row["category"], str(touching.number_of(touched.row)))
    matter = _matter(session, new.matter_id)
    needed, lacks = _papers(matter, new)
    last = select(func.max(_N.c.ordinal)).where(_N.c.entry_id == entry_id)
    values = {
        "entry_id": entry_id,
        "ordinal": int(session.connection().scalar(last) or 0) + 1,
        "operator_id": present(session).operator_id,
        "at": now(session),
        "matter_id": matter["id"],
        "matter": matter["name"],
        "basis": _sure(matter["basis"]),
        "materials": "\n".join(needed),
        "lacks": "\n".join(lacks),
        "steps": _sure(matter["steps"]),
        "time_limit": _sure(matter["limit"]),
        "fee": _sure(matter["fee"]),
        "place": _place(session, matter["department_id"]),
        "refusal": cleaning.long_text(new.refusal, "refusal"),
        "whereto": cleaning.line(new.whereto, "whereto"),
        "status": GIVEN,
    }
    session.connection().execute(insert(_N), values)
    key = f"notice/{values['ordinal']}"
    touched.others[key] = touching.created(values, frozenset({"entry_id"}))
    warnings = cleaning.warnings({"refusal": new.refusal, "whereto": new.whereto})
    return touching.save(session, touched, {}, "notice", uid, warnings)


def views(session: Session, entry_id: int) -> tuple[NoticeView, ...]:
    """The notices of an entry, first to last; those given by mistake are left out."""
    clerk = tables.operator
    query = (
        select(_N, clerk.c.name.label("operator_name"))
        .join(clerk, clerk.c.id == _N.c.operator_id)
        .where(_N.c.entry_id == entry_id, _N.c.status == GIVEN)
        .order_by(_N.c.ordinal)
    )
    return tuple(_view(row) for row in session.connection().execute(query).mappings())


def _view(row: RowMapping) -> NoticeView:
    names = ("matter", "basis", "steps", "time_limit", "fee", "place", "refusal", "whereto")
    return NoticeView(
        ordinal=row["ordinal"],
        at=row["at"],
        operator=row["operator_name"],
        materials=tuple(row["materials"].splitlines()),
        lacks=tuple(row["lacks"].splitlines()),
        **{name: row[name] for name in names},
    )


def _papers(matter: RowMapping, new: NewNotice) -> tuple[list[str], list[str]]:
    """The papers that this person needs, and those of them that are missing. Raises InputError."""
    papers = lines_of(matter["materials"])
    for field, chosen in (("has", new.has), ("not_needed", new.not_needed)):
        if wrong := sorted(set(chosen) - set(range(1, len(papers) + 1))):
            raise InputError(
                "'{matter}' has {count} papers; there is no paper {text}.",
                field=field,
                matter=matter["name"],
                count=len(papers),
                text=wrong[0],
            )
    if both := sorted(set(new.has) & set(new.not_needed)):
        raise InputError("Paper {text} is either there or not needed.", field="not_needed", text=str(both[0]))
    needed = [(at, _unsigned(one)) for at, one in enumerate(papers, 1) if at not in new.not_needed]
    return [one for _at, one in needed], [one for at, one in needed if at not in new.has]


def _unsigned(text: str) -> str:
    return text.replace(_DIFFERS, "").replace(_UNSURE, "").strip()


def _sure(text: str) -> str:
    """What may be told in writing: nobody is told as the rule what still has to be looked up."""
    return "\n".join(_unsigned(line) for line in text.splitlines() if _UNSURE not in line)


def _matter(session: Session, matter_id: int) -> RowMapping:
    row = session.connection().execute(select(_M).where(_M.c.id == matter_id)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("It is not in the directory any more.", field="matter_id")
    return row


def _place(session: Session, department_id: int | None) -> str:
    """Where a matter is dealt with, and whom to call: ``社会保障卡中心 305 8031``."""
    found = session.connection().execute(select(_D).where(_D.c.id == department_id)).mappings().one_or_none()
    if found is None:
        return ""
    return " · ".join(filter(None, (found["name"], found["room"], found["phone"])))
