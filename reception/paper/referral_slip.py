"""转办单, the referral slip: what a department is to do, its return slip 回执, and the counterfoil 存根.

One sheet for each department, to be cut along its dashed lines; its number stands across each cut (骑缝), so
that the pieces can be told to belong together. It goes through many hands, so it is veiled whoever prints it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception.facts import (
    PartStatus,
    PartView,
    Role,
    Source,
    StepKind,
    StepView,
    Term,
    Urgency,
    Visibility,
)
from reception.facts.printing import Stamp
from reception.paper.form import Form
from reception.paper.slip_words import SlipWords, limit, plain
from reception.paper.style import Style
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.cutting import Sheet
    from reception.paper.page import Dress
    from reception.paper.referral_pieces import Pieces

FORM = Form(name="referral_slip", title=NP_("paper", "Referral slip"))
_LOOKS = (StepKind.SEEN, StepKind.CALLED_BACK)


@dataclass(frozen=True, slots=True)
class ReferralSlip:
    """What the slips of one referral show, in no language; ``parts`` are those that are printed."""

    site: str
    zone: str
    footer: str
    entry_id: int
    referral_id: int
    number: str
    slip: str
    day: int
    """The day on which the latest of them was sent."""
    urgency: Urgency
    source: Source | None
    source_number: str
    withheld: bool
    person: str
    phone: str
    organisation: str
    subject: str
    request: str
    instruction: str
    leader: str
    term: Term | None
    leads: tuple[str, ...]
    assisting: tuple[str, ...]
    parts: tuple[PartView, ...]
    looks: tuple[StepView, ...]
    note: str
    decided_by: str = ""
    """Who decided that it goes here, after one return between two departments."""
    sealed: bool = False


def settle(session: Session, *, referral: str, sending: int = 0) -> dict[str, str | int]:
    """The definite arguments: an entry's latest referral is another one once it is referred again."""
    from reception.numbers import PartName, parse_part
    from reception.operations import reading, referrals

    name = referral.strip().upper()
    if isinstance(parse_part(referral), PartName):
        return {"referral": name}
    if not sending:
        named = referrals.find_part(session, referral)
        whole = reading.entry(session, reading.find_number(session, named.name.partition("/")[0]))
        sending = next(
            at for at, one in enumerate(whole.referrals, 1) if any(part.id == named.id for part in one.parts)
        )
    return {"referral": name, "sending": sending}


def collect(session: Session, *, referral: str, sending: int = 0) -> ReferralSlip:
    """The slips of a part (``20261122-001/JC``), or of all parts of one of an entry's referrals.

    ``sending`` is the how-manieth referral of the entry, 0 the latest. Raises InputError, NotFoundError;
    StateError for a sealed entry, but for a supervisor.
    """
    from reception.context import local_day
    from reception.errors import NotFoundError
    from reception.numbers import PartName, parse_part
    from reception.operations import reading, referrals, site, veiling

    named, here = referrals.find_part(session, referral), site.site(session)
    whole = reading.entry(session, reading.find_number(session, named.name.partition("/")[0]))
    found = [one for one in whole.referrals if any(part.id == named.id for part in one.parts)]
    if sending and not isinstance(parse_part(referral), PartName):
        found = [one for at, one in enumerate(whole.referrals, 1) if at == sending]
        named = next(
            (part for one in found for part in one.parts if part.status is not PartStatus.WITHDRAWN), named
        )
    if not found or named.status is PartStatus.WITHDRAWN:
        raise NotFoundError("{name} is not referred there.", field="number", name=referral.strip())
    view = found[0]
    row = veiling.entries(session, [whole.row], on_paper=True)[0]
    sealed = veiling.of(whole.row.category) is Visibility.SEALED
    running = [one for one in view.parts if one.status is not PartStatus.WITHDRAWN]
    parts = [one for one in running if one.id == named.id or not isinstance(parse_part(referral), PartName)]
    return ReferralSlip(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        entry_id=row.id,
        referral_id=view.id,
        number=row.number,
        slip=view.slip,
        day=local_day(session, max((one.sent_at for one in parts), default=view.created_at)),
        urgency=whole.details.urgency,
        source=None if sealed else whole.details.source,
        source_number="" if sealed else whole.details.source_number,
        withheld=row.identity_protected,
        person="" if row.identity_protected else row.name,
        phone="" if row.identity_protected else row.phone,
        organisation="" if row.identity_protected else row.organisation,
        subject="" if sealed else " · ".join(dict.fromkeys(filter(None, (row.matter, row.subject)))),
        sealed=sealed,
        request=row.request,
        instruction="" if sealed else view.instruction,
        leader="" if sealed else view.leader,
        term=view.term,
        leads=_named(running, Role.LEAD),
        assisting=_named(running, Role.ASSIST),
        parts=tuple(_bare(one) if sealed else one for one in parts),
        looks=() if sealed else tuple(one for one in view.steps if one.kind in _LOOKS),
        note="" if sealed else view.closing_note,
        decided_by="" if sealed else _decider(view.steps),
    )


def _decider(steps: tuple[StepView, ...]) -> str:
    routed = [one for one in steps if one.kind is StepKind.REROUTED]
    return routed[-1].whom if routed else ""


def _named(parts: list[PartView], role: Role) -> tuple[str, ...]:
    """The departments of a role; of those that led one after the other the latest."""
    names = tuple(dict.fromkeys(one.department_name for one in parts if one.role is role))
    return names[-1:] if role is Role.LEAD else names


def _bare(part: PartView) -> PartView:
    """Of an accusation: to whom it went, and when."""
    return replace(
        part,
        told_at=None,
        told_whom="",
        answered_at=None,
        answer="",
        returned_at=None,
        return_reason="",
        officer="",
        outcome=None,
        case_number="",
        passed_to="",
        contacted=None,
        contacted_at=None,
        contacted_how="",
    )


def subject(*, referral: str, sending: int = 0) -> str:
    """What it is a print of: the part, or the entry and which of its referrals after the first."""
    name = referral.strip().upper()
    return f"{name}#{sending}" if sending > 1 else name


def lines(data: ReferralSlip) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    yield "head", [data.site, data.footer]
    who = [data.withheld, *([] if data.withheld else [data.person, data.phone, data.organisation])]
    asked = [data.subject, data.request if data.request != data.subject else "", data.sealed]
    about = [data.urgency.value, plain(data.source), data.source_number, *asked]
    yield f"entry:{data.entry_id}", ["" if data.slip else data.number, *who, *about]
    sent = [data.slip, data.day, data.instruction, data.leader, limit(data.term), data.note, data.decided_by]
    looked = [_look(one) for one in data.looks]
    yield f"referral:{data.referral_id}", [*sent, [*data.leads], [*data.assisting], looked]
    for part in data.parts:
        to = [part.name, part.department_name, part.officer, part.stood_in]
        told = [plain(part.sent_at), plain(part.told_at), part.told_whom]
        received = [part.received_by, plain(part.received_at)]
        said = [plain(part.outcome), part.case_number, plain(part.answered_at or part.returned_at)]
        yield f"part:{part.id}", [*to, *told, *received, *said, part.answer or part.return_reason]


def _look(step: StepView) -> list[object]:
    """What is printed of a look back."""
    if step.kind is StepKind.SEEN:
        return [step.words, step.whom, plain(step.at)] if step.words else []
    return [step.kind.value, plain(step.at), bool(step.reached), step.content, step.words]


def dress(data: ReferralSlip, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot: the head is that of the slip itself, which lies above the first cut."""
    words = SlipWords(wording, ZoneInfo(data.zone))
    return words.dress(FORM.title, data, words.day(data.day), data.slip or data.number)


def story(data: ReferralSlip, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """For each department its sheet: the slip, the return slip, the counterfoil."""
    from reportlab.platypus.flowables import PageBreak

    from reception.paper.referral_pieces import Pieces

    words = Pieces(wording, ZoneInfo(data.zone))
    flow: list[Flowable] = []
    for part in data.parts:
        if flow:
            flow.append(PageBreak())
        flow.append(_sheet(data, part, words, style))
    return flow


def _sheet(data: ReferralSlip, part: PartView, words: Pieces, style: Style) -> Sheet:
    from reception.paper.cutting import Cut, Sheet

    width, number = style.width, data.slip or part.name
    back = Cut(number, words.say(NP_("paper", "Referral slip: return slip")), part.department_name, width)
    stub = Cut(number, words.say(NP_("paper", "Referral slip: counterfoil")), data.site, width)
    pieces = ((None, words.slip(data, part)), (back, words.back(data, part)), (stub, words.stub(data, part)))
    return Sheet(width, pieces, words.say(NP_("paper", "{label} (continued)")))
