"""The steps of a paper received: noted, signed, referred, circulated, filed, corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reception.facts import EntryStatus, Limit, LimitClock, NewReferral, PartStatus
from reception.facts.papers_in import PaperStep
from reception.numbers import day_date
from reception.office_words import PAPER_WAYS
from reception.words import URGENCIES
from ui.office.panel import About
from ui.referrals.step import Ask, Shape, Step, Values
from ui.wording import N_

Suggest = Callable[[About], Any]
_NAMED = {"subject": "title"}
"""Fields that a paper has under another name."""
_TO = N_("To whom it goes round")
_NAMES = N_("names, codes; commas between")


def _id(about: About) -> int:
    return int(about.row.entry_id)


def _before(name: str) -> Suggest | None:
    """What stays where papers come in a row: how they came, and who brought them."""
    return (lambda about: (about.view or {}).get(name)) if name in ("way", "brought_by") else None


def _known(name: str) -> Suggest:
    return lambda about: _shown(about.row, name)


def _shown(row: Any, name: str) -> Any:
    value = getattr(row, _NAMED.get(name, name))
    if name == "sender_day":
        return day_date(value).isoformat() if value else ""
    return str(value) if name == "copies" else value


def _bears(suggest: Callable[[str], Suggest | None]) -> tuple[Ask, ...]:
    """What is asked of a paper, in the order of the register."""
    return (
        Ask("sender", N_("From which organisation"), suggest=suggest("sender")),
        Ask("sender_number", N_("Document number"), half=True, suggest=suggest("sender_number")),
        Ask("sender_day", N_("Document date"), Shape.DAY, half=True, suggest=suggest("sender_day")),
        Ask("subject", N_("Title"), suggest=suggest("subject")),
        Ask(
            "urgency",
            N_("Urgency"),
            Shape.ONE_OF,
            options=URGENCIES,
            aside=True,
            suggest=suggest("urgency"),
        ),
        Ask("way", N_("How it came"), Shape.ONE_OF, options=PAPER_WAYS, aside=True, suggest=suggest("way")),
        Ask("copies", N_("Copies"), Shape.NUMBER, aside=True, half=True, suggest=suggest("copies")),
        Ask("brought_by", N_("Brought by"), aside=True, half=True, suggest=suggest("brought_by")),
        Ask("proposed", N_("Proposed handling"), Shape.TEXT, aside=True, suggest=suggest("proposed")),
    )


def _new(_about: About, values: Values) -> Mapping[str, Any]:
    """What was typed; the rest is as usual."""
    typed = {name: value for name, value in values.items() if value not in (None, "")}
    return {"subject": "", "sender": "", **typed}


def _referral(_about: About, values: Values) -> Mapping[str, Any]:
    days, assisting = values.get("limit"), (values.get("assist"), values.get("assist_too"))
    return {
        "new": NewReferral(
            values["lead_id"],
            tuple(one for one in assisting if one is not None),
            values.get("instruction") or "",
            told_whom=values.get("told_whom") or "",
            leader=values.get("leader") or "",
            limit=Limit(days, LimitClock.WORKING) if days is not None else None,
        )
    }


def _changed(about: About, values: Values) -> Mapping[str, Any]:
    """What stands otherwise than before, and the version that was seen."""
    row = about.row
    stands = {name: getattr(row, _NAMED.get(name, name)) for name in values}
    changed = {name: value for name, value in values.items() if (value or "") != (stands[name] or "")}
    return {**changed, "version": row.version}


def _live(about: About) -> bool:
    return bool(about.row.status is not EntryStatus.VOID)


def _not_filed(about: About) -> bool:
    return _live(about) and about.row.filed_at is None


def _unsigned(about: About) -> bool:
    return _live(about) and bool(about.row.unsigned)


def _to_refer(about: About) -> bool:
    """Once more too, where the lead gave it back."""
    row = about.row
    return _live(about) and (row.step is not PaperStep.REFERRED or row.lead_status is PartStatus.RETURNED)


def _to_answer(about: About) -> bool:
    row = about.row
    return row.step is PaperStep.REFERRED and row.lead_status in (PartStatus.SENT, PartStatus.RECEIVED)


def _to_close(about: About) -> bool:
    row = about.row
    return row.step is PaperStep.REFERRED and row.lead_status in (PartStatus.ANSWERED, PartStatus.RETURNED)


def _to_file(about: About) -> bool:
    return bool(about.row.step is PaperStep.NOTHING)


NEW = Step(
    "paper",
    "N",
    N_("New paper"),
    "office.documents.register",
    _id,
    lambda _about: True,
    "plus",
    (
        *_bears(_before),
        Ask("readers", _TO, aside=True, half=True, also=("to",), hint=_NAMES),
        Ask("received_at", N_("Came at"), Shape.MOMENT, aside=True, half=True),
    ),
    given=_new,
    anew=True,
)
SIGNED = Step("sign", "1", N_("Has signed"), "office.circulation.sign", _id, _unsigned, "check")
REFER = Step(
    "refer",
    "2",
    N_("Refer"),
    "referrals.refer",
    _id,
    _to_refer,
    "send",
    (
        Ask("lead_id", N_("Lead"), Shape.DEPARTMENT, also=("department_id",), needed=True),
        Ask(
            "instruction",
            N_("What they are asked to do"),
            Shape.TEXT,
            suggest=lambda about: about.row.proposed,
        ),
        Ask("assist", N_("Assisting"), Shape.DEPARTMENT, also=("assist_ids",), aside=True),
        Ask("assist_too", N_("Assisting too"), Shape.DEPARTMENT, aside=True),
        Ask("told_whom", N_("Told by phone: whom"), aside=True, half=True),
        Ask("leader", N_("Instruction by"), aside=True, half=True),
        Ask("limit", N_("Working days, if fewer"), Shape.NUMBER, aside=True),
    ),
    given=_referral,
)
CIRCULATE = Step(
    "circulate",
    "3",
    N_("Circulate"),
    "office.circulation.circulate",
    _id,
    _not_filed,
    "users",
    (Ask("to", _TO, hint=_NAMES),),
)
FILE = Step(
    "file",
    "4",
    N_("Into the file"),
    "office.documents.file",
    _id,
    _to_file,
    "archive-restore",
    (Ask("where", N_("Where is it filed?"), suggest=lambda about: about.row.filed_where),),
)
CORRECT = Step(
    "correct",
    "5",
    N_("Correct"),
    "office.documents.amend",
    _id,
    _live,
    "pencil",
    _bears(_known),
    given=_changed,
)
SIGNED_BY = Step(
    "sign-of",
    "6",
    N_("Signed by …"),
    "office.circulation.sign",
    _id,
    _unsigned,
    "user",
    (
        Ask("who", N_("Who?"), hint=N_("as on the circulation; empty: the next one")),
        Ask("at", N_("When, if not now?"), Shape.MOMENT),
        Ask("note", N_("What did they write?")),
    ),
)
OFF = Step(
    "take-off",
    "7",
    N_("Off the circulation"),
    "office.circulation.take_off",
    _id,
    _unsigned,
    "x",
    (Ask("who", N_("Who?"), suggest=lambda about: about.row.unsigned[0].name if about.row.unsigned else ""),),
)
ANSWERED = Step(
    "answered",
    "8",
    N_("Department answered"),
    "referrals.answer",
    lambda about: about.row.part_id,
    _to_answer,
    "message-circle-reply",
    (Ask("text", N_("What came of it?"), Shape.TEXT, also=("answer",)),),
)
CLOSED = Step(
    "closed",
    "8",
    N_("Close the referral"),
    "referrals.close",
    lambda about: about.row.referral_id,
    _to_close,
    "circle-check",
    (Ask("note", N_("What is to be said about it?"), Shape.TEXT, also=("closing_note",)),),
)
INSTRUCTED = Step(
    "instructed",
    "9",
    N_("Leader wrote"),
    "office.documents.instruct",
    _id,
    _live,
    "pencil",
    (
        Ask("leader", N_("Leader"), suggest=lambda about: about.row.leader),
        Ask("words", N_("Words as written"), Shape.TEXT),
    ),
)
STEPS = (NEW, SIGNED, ANSWERED, CLOSED, REFER, CIRCULATE, FILE, CORRECT, SIGNED_BY, OFF, INSTRUCTED)
