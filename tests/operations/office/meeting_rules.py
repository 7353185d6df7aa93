"""What a desk may do about meetings, in any order."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from reception.facts import AttemptResult, Kind
from reception.facts.office import NewInvitee, Reply
from reception.operations import callbacks
from reception.operations.office import meetings
from tests.operations.office.desk import DAY, WHICH, OfficeDesk

INVITED = ("丙股", "丁股")
PLACES = st.sampled_from(["三楼", "四楼", "礼堂"])


class MeetingRules(OfficeDesk):
    """Notices of ours with the calls about them, and those that somebody gave us."""

    @rule(agenda=st.sampled_from(["欠薪", "欠薪", ""]), place=PLACES, days=st.integers(1, 3))
    def notify(self, agenda: str, place: str, days: int) -> None:
        told = {"subject": "例会", "agenda": agenda, "place": place, "meets_at": self.clock.now + days * DAY}
        people = tuple(NewInvitee(name, phone="8001") for name in INVITED)
        key = {"key": self.key("notice"), "invited": INVITED}
        self.act(("notify", told | key), meetings.notify, **told, convener="李局长", invitees=people)

    @precondition(lambda self: self.has(Kind.MEETING))
    @rule(
        which=WHICH,
        agenda=st.none() | st.just("年终"),
        place=st.none() | PLACES,
        days=st.none() | st.integers(1, 3),
    )
    def change(self, which: int, agenda: str | None, place: str | None, days: int | None) -> None:
        key = self.pick(which, Kind.MEETING)
        when = None if days is None else self.clock.now + days * DAY
        new = {"agenda": agenda, "place": place, "meets_at": when}
        given = {name: value for name, value in new.items() if value is not None}
        told = {"key": key, **new, "anew": self.account.called(key)}
        if when is None and place == self.thing(key).rounds[-1].place:
            told["place"] = None  # where it is to be already: nobody has moved it
        self.act(("change", told), meetings.change, self.ids[key], **given)
        self.compare_notice(key)

    @precondition(lambda self: self.has(Kind.MEETING))
    @rule(which=WHICH, who=WHICH, reached=st.booleans(), reply=st.sampled_from(["", "attends", "excused"]))
    def call(self, which: int, who: int, reached: bool, reply: str) -> None:
        key = self.pick(which, Kind.MEETING)
        if (name := self._invited(key, who)) is None:
            return
        last = self.thing(key).rounds[-1]
        owed = [at for at, one in self.account.owed(key) if one.name == name]
        via = owed[0] if owed else self.key("call")
        told = {"key": key, "name": name, "via": via, "first": not owed, "result": reached, "reply": reply}
        result = AttemptResult.REACHED if reached else AttemptResult.BUSY
        self.act(
            ("reach", told | {"told": (last.meets_at, last.place)}),
            meetings.call,
            self._invitee(key, name),
            result,
            reply=Reply(reply) if reply else None,
        )
        self.compare_notice(key)

    def _invited(self, key: str, who: int) -> str | None:
        names = list(self.thing(key).invited)
        return names[who % len(names)] if names else None

    def _invitee(self, key: str, name: str) -> int:
        shown = self.thing(key).invited[name]
        seen = self.desk.ask(meetings.view, self.ids[key])
        return next(one.id for one in seen.invitees if one.name == shown)

    @precondition(lambda self: self.has(Kind.CALL_OUT))
    @rule(which=WHICH, what=st.sampled_from(["reached", "missed", "given up"]))
    def call_back(self, which: int, what: str) -> None:
        owed = [key for key, one in self.account.things.items() if one.call is not None and one.call.owed]
        key = owed[which % len(owed)] if owed else self.pick(which, Kind.CALL_OUT)
        if what == "given up":
            self.act(("give_up", {"key": key}), callbacks.give_up_for, self.ids[key], "空号")
            return
        call = self.thing(key).call
        last = self.thing(call.notice).rounds[-1] if call is not None else None
        told = {"key": key, "result": what == "reached", "told": last and (last.meets_at, last.place)}
        result = AttemptResult.REACHED if what == "reached" else AttemptResult.NO_ANSWER
        self.act(("ring_back", told), callbacks.attempt_for, self.ids[key], result)

    @precondition(lambda self: self.has(Kind.MEETING))
    @rule(
        which=WHICH,
        who=WHICH,
        what=st.sampled_from(["attends", "excused", "uninvite", "己股", "庚股", "丁股"]),
    )
    def people(self, which: int, who: int, what: str) -> None:
        key = self.pick(which, Kind.MEETING)
        if (name := self._invited(key, who)) is None:
            return
        told, invitee = {"key": key, "name": name}, self._invitee(key, name)
        if what in ("attends", "excused"):
            self.act(("reply", told | {"reply": what}), meetings.reply, invitee, Reply(what))
        elif what == "uninvite":
            self.act(("uninvite", told), meetings.uninvite, invitee)
        elif who % 2:
            self.act(("amend_invitee", told | {"to": what}), meetings.amend, invitee, name=what, phone="8001")
        else:
            named = {"key": key, "name": self.key(what), "shown": what}
            new = (NewInvitee(what, phone="8001"),)
            self.act(("invite", named), meetings.invite, self.ids[key], new)
        self.compare_notice(key)

    @precondition(lambda self: self.has(Kind.MEETING))
    @rule(which=WHICH, cancel=st.booleans())
    def end(self, which: int, cancel: bool) -> None:
        key = self.pick(which, Kind.MEETING)
        if cancel:
            told = {"key": key, "knows": self.account.knows(key)}
            self.act(("cancel", told), meetings.cancel, self.ids[key])
        else:
            self.act(("end", {"key": key}), meetings.end, self.ids[key])

    @rule(which=WHICH, what=st.sampled_from(["new", "lay", "answer", "call", "end"]))
    def told_of_a_meeting(self, which: int, what: str) -> None:
        if what == "new" or not self.has(Kind.CALL_IN):
            told = {"key": self.key("told"), "subject": "省厅视频会"}
            self.act(
                ("told_us", told), meetings.receive, subject="省厅视频会", organisation="省厅", phone="8899"
            )
            return
        key = self.pick(which, Kind.CALL_IN)
        if what == "lay":
            self.act(("lay", {"key": key, "whom": "吴局长"}), meetings.lay, self.ids[key], "吴局长")
        elif what == "end":
            self.act(("end", {"key": key}), meetings.end, self.ids[key])
        else:
            told = {"key": key, "words": "周主任参加", "call": self.key("call") if what == "call" else ""}
            self.act(
                ("answer", told),
                meetings.answer_sender,
                self.ids[key],
                "小刘",
                "周主任参加",
                called=what == "call",
            )
