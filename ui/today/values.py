"""From the form's fields to facts and back: nothing here knows a widget."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reception.facts import Act, Details, EntryView, Kind, NewCallback, NewEntry, NewReferral, Party, Urgency
from ui.widgets.moments import write_moment

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_PARTY = ("name", "phone", "organisation", "document_type", "document_number")
_UNTOLD = ("sex", "person_id")
"""Of the main person too: None where nothing is known."""
_DETAILS = Details.__match_args__
_INSTANTS = ("received_at", "waiting_since", "seen_at", "left_at")
TOLD_SELDOM = (
    "request",
    "wanted",
    "papers",
    "plate",
    "complained_about",
    "document_number",
    "identity_protected",
    "source",
    "source_number",
)
"""Written in an entry, these are shown at once; the others stand in the head and the trail too."""
REFERRING = frozenset(
    {"assist_ids", "instruction", "told_whom", "limit", "leader", "written", "decided_by", "reason"}
)
"""The form's fields of a referral."""
ALIASES = {
    "matter_id": "subject",
    "call_result": "act",
    "lead_id": "department_id",
    "callback.phone": "callback_phone",
    "callback.owner": "callback_owner",
}
"""The form's names of what the register calls otherwise when it refuses something."""


def corrections(values: Mapping[str, Any], people: tuple[Party, ...]) -> dict[str, Any]:
    """The form's values under the names that ``entries.correct`` takes."""
    main: dict[str, Any] = {name: values.get(name) or "" for name in _PARTY}
    main |= {name: values.get(name) for name in _UNTOLD}
    details: dict[str, Any] = {name: values[name] for name in _DETAILS if name in values}
    if "urgency" in details:
        details["urgency"] = details["urgency"] or Urgency.NORMAL
    act, result = values["act"]
    return {
        "subject": values["subject"],
        "matter_id": values["matter_id"],
        "request": values.get("request", ""),
        "outcome": values["outcome"],
        "category": values["category"],
        "party_size": values["party_size"],
        "department_id": values["department_id"],
        "act": act,
        "call_result": result,
        "parties": (Party(**main), *people),
        **{name: values.get(name) for name in _INSTANTS},
        **details,
    }


def referral(values: Mapping[str, Any]) -> NewReferral:
    """The referral that the fields mean, to the department that is chosen."""
    return NewReferral(
        lead_id=values["department_id"],
        assist_ids=values.get("assist_ids", ()),
        instruction=values.get("instruction", ""),
        told_whom=values.get("told_whom", ""),
        limit=values.get("limit"),
        written=bool(values.get("written")),
        leader=values.get("leader", ""),
        decided_by=values.get("decided_by", ""),
        reason=values.get("reason", ""),
    )


def new_entry(
    kind: Kind,
    uid: uuid.UUID,
    values: Mapping[str, Any],
    people: tuple[Party, ...],
    *,
    begun: dt.datetime | None,
) -> NewEntry:
    """What the clerk typed as a fact.

    Args:
        kind: of the form.
        uid: of the act.
        values: of the fields.
        people: the representatives.
        begun: when it was received unless the clerk wrote another time; None means when it is saved.
    """
    named = corrections(values, people)
    act: Act | None = named["act"]
    referred = act is Act.REFERRED and named["department_id"] is not None
    callback = None
    if values.get("callback_wanted") and "callback_phone" in values:
        callback = NewCallback(
            due_at=values["callback_due"], phone=values["callback_phone"], owner=values["callback_owner"]
        )
    parties = named["parties"]
    return NewEntry(
        kind=kind,
        uid=uid,
        subject=named["subject"],
        matter_id=named["matter_id"],
        request=named["request"],
        outcome=named["outcome"],
        category=named["category"],
        parties=parties if any(party != Party() for party in parties) else (),
        party_size=named["party_size"],
        department_id=named["department_id"],
        act=act,
        call_result=named["call_result"],
        referral=referral(values) if referred else None,
        callback=callback,
        received_at=named["received_at"] or begun,
        late=bool(values.get("late", False)),
        waiting_since=named["waiting_since"],
        seen_at=named["seen_at"],
        left_at=named["left_at"],
        details=Details(**{name: named[name] for name in _DETAILS if name in named}),
    )


def raw_of(view: EntryView, zone: ZoneInfo, now: dt.datetime) -> dict[str, Any]:
    """An entry of the register as the form's fields hold it (`Field.raw`)."""
    row, details = view.row, view.details
    main = view.parties[0] if view.parties else Party()
    raw: dict[str, Any] = {name: getattr(main, name) for name in _PARTY}
    raw["sex"] = main.sex
    raw["person_id"] = (main.person_id, main.name, "") if main.person_id is not None else None
    raw |= {name: getattr(details, name) for name in _DETAILS}
    raw |= {
        "people_concerned": "" if details.people_concerned is None else str(details.people_concerned),
        "urgency": details.urgency if details.urgency is not Urgency.NORMAL else None,
        "subject": (view.matter_id, row.subject),
        "request": row.request,
        "outcome": row.outcome,
        "category": row.category,
        "party_size": str(row.party_size),
        "department_id": (view.department_id, row.department_name),
        "act": (row.act, row.call_result),
        "concerned_id": (details.concerned_id, None),
    }
    for name in _INSTANTS:
        raw[name] = write_moment(getattr(row, name), zone, now)
    return raw
