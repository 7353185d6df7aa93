"""The pieces of a referral slip: what the department keeps, what it sends back, what the office keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reception.facts import PartView, StepKind, StepView
from reception.paper.slip_words import HEAD_SIGNS, SIGNS, SlipWords
from reception.wording import N_, NP_
from reception.words import OUTCOMES, SOURCES, URGENCIES

if TYPE_CHECKING:
    from reception.paper.boxes import Band
    from reception.paper.referral_slip import ReferralSlip

DECIDED = NP_("paper", "Re-routed by decision of {name}")


class Pieces(SlipWords):
    """The cells of the three pieces of a referral slip."""

    def slip(self, data: ReferralSlip, part: PartView) -> list[Band]:
        """What the department keeps."""
        say, gettext = self.say, self.wording.gettext
        source = gettext(SOURCES[data.source]) if data.source is not None else ""
        seen = [one for one in data.looks if one.kind is StepKind.SEEN and one.words]
        gave = say(NP_("paper", "Instruction by {leader}")).format(leader=data.leader) if data.leader else ""
        looked = (self.together((one.words, one.whom, self.time(one.at))) for one in seen)
        told, signed = "\n".join(filter(None, (gave, *looked))), say(SIGNS).format(name="")
        decided = say(DECIDED).format(name=data.decided_by) if data.decided_by else ""
        handling = "\n".join(filter(None, (data.instruction, decided)))
        subject = self.about(data.subject, sealed=data.sealed)
        asked = "\n".join(filter(None, (subject, data.request if data.request != data.subject else "")))
        return [
            self.pair(
                NP_("paper", "Number"),
                self._number(data, part),
                NP_("paper", "Urgency"),
                gettext(URGENCIES[data.urgency]),
            ),
            self.pair(NP_("paper", "Source"), source, NP_("paper", "Reference"), data.source_number),
            self.pair(
                NP_("paper", "Who asks"),
                self.who(data),
                NP_("paper", "Telephone"),
                "" if data.withheld else data.phone,
            ),
            self.one(NP_("paper", "From"), "" if data.withheld else data.organisation),
            self.one(NP_("paper", "What it is about"), asked, least=40, most=170),
            self.one(NP_("paper", "Proposed handling"), handling, least=36, most=96),
            self.one(NP_("paper", "Leader's instruction"), told, least=60, most=96, foot=signed),
            self.pair(
                NP_("paper", "In the lead"),
                self._all(data.leads),
                NP_("paper", "Assisting"),
                self._all(data.assisting),
            ),
            self.pair(
                NP_("paper", "Department"),
                self._department(part),
                NP_("paper", "Due"),
                self.due(data.term),
            ),
            self.pair(
                NP_("paper", "Sent at"),
                self.time(part.sent_at),
                NP_("paper", "By phone"),
                self._told(part),
            ),
        ]

    def back(self, data: ReferralSlip, part: PartView) -> list[Band]:
        """What the department sends back."""
        say, gettext = self.say, self.wording.gettext
        ended = part.answered_at or part.returned_at
        outcome = gettext(OUTCOMES[part.outcome]) if part.outcome is not None else ""
        said = self.together((outcome, part.case_number, self.time(ended)))
        result = "\n".join(filter(None, (said, part.answer or part.return_reason, data.note)))
        signed = say(HEAD_SIGNS)
        called = [one for one in data.looks if one.kind is StepKind.CALLED_BACK]
        return [
            self.pair(
                NP_("paper", "Number"), self._number(data, part), NP_("paper", "Due"), self.due(data.term)
            ),
            self.one(NP_("paper", "Result"), result, least=66, foot=signed),
            self.one(NP_("paper", "Call-back"), "\n".join(map(self._called, called))),
        ]

    def stub(self, data: ReferralSlip, part: PartView) -> list[Band]:
        """What the office keeps."""
        return [
            self.pair(
                NP_("paper", "Number"), data.slip or part.name, NP_("paper", "Urgency"), self._urgency(data)
            ),
            self.pair(
                NP_("paper", "Department"), self._department(part), NP_("paper", "Due"), self.due(data.term)
            ),
            self.pair(
                NP_("paper", "Who asks"), self.who(data), NP_("paper", "Sent at"), self.time(part.sent_at)
            ),
            self.one(NP_("paper", "What it is about"), self.about(data.subject, sealed=data.sealed)),
            self.one(NP_("paper", "Signed for"), self._received(part)),
        ]

    def who(self, data: ReferralSlip) -> str:
        """The person, or that it is not told."""
        return self.say(NP_("paper", "Withheld")) if data.withheld else data.person

    def _number(self, data: ReferralSlip, part: PartView) -> str:
        """The year's number of the slip, and the register's, by which it is looked up when it comes back."""
        return "\n".join(filter(None, (data.slip, part.name)))

    def _urgency(self, data: ReferralSlip) -> str:
        return self.wording.gettext(URGENCIES[data.urgency])

    def _all(self, names: tuple[str, ...]) -> str:
        return self.wording.gettext(", ").join(names)

    def _department(self, part: PartView) -> str:
        stands = self.wording.gettext(N_("officer B stands in")) if part.stood_in else ""
        return self.together((part.department_name, part.officer, stands))

    def _told(self, part: PartView) -> str:
        return self.together((self.time(part.told_at), part.told_whom))

    def _received(self, part: PartView) -> str:
        return self.together((part.received_by, self.time(part.received_at)))

    def _called(self, step: StepView) -> str:
        """One call to the person after the answer."""
        gettext = self.wording.gettext
        reached = gettext(N_("reached")) if step.reached else gettext(N_("not reached"))
        content = ""
        if step.content is not None:
            content = gettext(N_("satisfied")) if step.content else gettext(N_("not satisfied"))
        return self.together((self.time(step.at), reached, content, step.words))
