"""The office's other work as somebody would note it in a book: what may be done, and what follows from it.

Written from the rules of the trade, not from the program. An act that they do not allow raises `Refused`. An
account knows nothing of taking back: whoever takes an act back tells all the others anew.
"""

from __future__ import annotations

import datetime as dt

from reception.facts import Kind
from tests.operations.office.beside import Beside
from tests.operations.office.things import Call, Round, Sending, Thing, allow, at, due_after, local_day


class Account(Beside):
    """All that was noted, with what is an entry."""

    def owed(self, notice: str) -> list[tuple[str, Call]]:
        """The calls about a notice that are still owed."""
        return [
            (key, one.call)
            for key, one in self.things.items()
            if one.call is not None and one.call.notice == notice and one.call.owed and not one.void
        ]

    def calls(self, notice: str) -> list[tuple[str, Call]]:
        """The calls about a notice that count."""
        return [
            (key, one.call)
            for key, one in self.things.items()
            if one.call is not None and one.call.notice == notice and not one.void
        ]

    # What entries have in common.

    def refer(self, now: dt.datetime, key: str, lead: str, decided: str) -> None:
        one = self.live(key, Kind.DOCUMENT, Kind.JOB, Kind.URGENT)
        sending = one.running
        if sending is None:
            one.sent.append(Sending(lead, now, due_after(now), looks=False))
            return
        allow(sending.state == "returned" and (decided or not sending.rerouted))
        sending.lead, sending.sent, sending.state = lead, now, "sent"
        sending.rerouted, sending.seen = True, False

    def step(self, now: dt.datetime, key: str, what: str) -> None:
        sending = self.live(key).running
        allow(sending is not None)
        assert sending
        allow(sending.state in (("sent",) if what == "received" else ("sent", "received")))
        sending.state = what

    def look(self, now: dt.datetime, key: str, more: str) -> None:
        """The leader has seen the result; with more to be done it is handled again."""
        sending = self.live(key).running
        allow(sending is not None)
        assert sending
        allow(sending.state in ("answered", "returned"))
        sending.seen = not more
        if more and sending.state == "answered":
            sending.state, sending.sent, sending.due = "sent", now, due_after(now)

    def close(self, now: dt.datetime, key: str, note: str) -> None:
        sending = self.live(key).running
        allow(sending is not None)
        assert sending
        allow(sending.state == "answered" or (sending.state == "returned" and note))
        allow(sending.seen or not sending.looks)
        sending.closed = True

    def void(self, now: dt.datetime, key: str) -> None:
        one = self.live(key)
        one.void = True
        for sending in one.sent:
            sending.closed = True
        for _key, call in self.owed(key):
            call.owed = False
        if one.call is not None:
            one.call.owed = False

    def instruct(self, now: dt.datetime, key: str, words: str, job: str, lead: str) -> None:
        allow(words)
        self.live(key).notes += ["吴局长", words]
        if lead:
            self._job(now, job, words, lead)

    def _job(self, now: dt.datetime, key: str, words: str, lead: str) -> None:
        sent = [Sending(lead, now, due_after(now), looks=True)] if lead else []
        said = {"given_by": "吴局长", "words": words, "subject": words}
        self.things[key] = Thing(Kind.JOB, now, said, sent=sent)

    # Papers.

    def register(
        self, now: dt.datetime, key: str, subject: str, sender: str, readers: tuple[str, ...], lead: str
    ) -> None:
        allow(subject.strip() and sender and "★" not in subject)
        one = Thing(Kind.DOCUMENT, now, {"subject": subject, "sender": sender})
        one.readers = dict.fromkeys(readers, False)
        if lead:
            one.sent.append(Sending(lead, now, due_after(now), looks=False))
        self.things[key] = one

    def amend_paper(self, now: dt.datetime, key: str, field: str, text: str) -> None:
        one = self.live(key, Kind.DOCUMENT)
        allow(text and "★" not in text)
        one.said[field] = text

    def circulate(self, now: dt.datetime, key: str, who: str) -> None:
        one = self.live(key, Kind.DOCUMENT)
        allow(not one.over and one.readers.get(who, True))
        one.readers[who] = False

    def sign(self, now: dt.datetime, key: str, who: str) -> None:
        one = self.live(key, Kind.DOCUMENT)
        allow(one.readers.get(who) is False)
        one.readers[who] = True
        one.signed.add(who)

    def take_off(self, now: dt.datetime, key: str, who: str) -> None:
        one = self.live(key, Kind.DOCUMENT)
        allow(one.readers.get(who) is False)
        if who in one.signed:  # it did go to them before
            one.readers[who] = True
        else:
            del one.readers[who]

    def file(self, now: dt.datetime, key: str, where: str) -> None:
        one = self.live(key, Kind.DOCUMENT)
        allow(where and not one.over and one.running is None and all(one.readers.values()))
        one.over, one.said["filed"] = True, where

    # Meetings.

    def notify(
        self,
        now: dt.datetime,
        key: str,
        subject: str,
        agenda: str,
        meets_at: dt.datetime,
        place: str,
        invited: tuple[str, ...],
    ) -> None:
        said = {"subject": subject, "agenda": agenda, "convener": "李局长"}
        self.things[key] = Thing(
            Kind.MEETING, now, said, rounds=[Round(meets_at, place)], invited={one: one for one in invited}
        )

    def change(
        self,
        now: dt.datetime,
        key: str,
        agenda: str | None,
        meets_at: dt.datetime | None,
        place: str | None,
        anew: bool,
    ) -> None:
        """Another time or place makes every ✓ stale: ``anew``, whoever was called is to be called again."""
        one = self.live(key, Kind.MEETING)
        last = one.rounds[-1]
        allow(not one.over and not last.cancelled)
        if agenda is not None:
            one.said["agenda"] = agenda
        new = Round(meets_at or last.meets_at, last.place if place is None else place)
        if new == last:
            return
        if anew:
            one.rounds.append(new)
            for _key, call in self.owed(key):
                call.owed = False
        else:
            allow(not self.called(key))
            one.rounds[-1] = new

    def called(self, key: str) -> bool:
        """Whether anybody was called in the round that runs."""
        last = len(self.things[key].rounds)
        return any(call.round == last for _key, call in self.calls(key))

    def reach(
        self,
        now: dt.datetime,
        key: str,
        name: str,
        via: str,
        first: bool,
        result: bool,
        reply: str,
        told: tuple[dt.datetime, str],
    ) -> None:
        """Call somebody invited; ``via`` is the call, ``told`` when and where, as they were told it."""
        one = self.live(key, Kind.MEETING)
        last, round_ = one.rounds[-1], len(one.rounds)
        allow(not one.over and name in one.invited and told == (last.meets_at, last.place))
        allow(last.cancelled or all((one.said["agenda"], last.place)))
        mine = [(at, call) for at, call in self.calls(key) if (call.name, call.round) == (name, round_)]
        allow(not any(call.told for _at, call in mine))
        open_ones = [at for at, call in mine if call.owed]
        allow(open_ones == ([] if first else [via]))
        if first:
            self.things[via] = Thing(Kind.CALL_OUT, now, acted=True, call=Call(key, name, round_))
        call = self.things[via].call
        assert call
        call.told, call.owed = result, not result
        if result and reply:
            one.replies[name] = (round_, reply)

    def ring_back(self, now: dt.datetime, key: str, result: bool, told: tuple[dt.datetime, str]) -> None:
        """A call owed is tried from the list of what is to be done."""
        call = self.live(key, Kind.CALL_OUT).call
        allow(call is not None and call.owed)
        assert call
        last = self.things[call.notice].rounds[-1]
        allow(told == (last.meets_at, last.place))
        call.told, call.owed = result, not result

    def give_up(self, now: dt.datetime, key: str) -> None:
        call = self.live(key, Kind.CALL_OUT).call
        allow(call is not None and call.owed)
        assert call
        call.owed = False

    def reply(self, now: dt.datetime, key: str, name: str, reply: str) -> None:
        one = self.live(key, Kind.MEETING)
        allow(not one.over and not one.rounds[-1].cancelled and name in one.invited)
        one.replies[name] = (len(one.rounds), reply)

    def invite(self, now: dt.datetime, key: str, name: str, shown: str) -> None:
        one = self.live(key, Kind.MEETING)
        allow(not one.over and shown not in one.invited.values())
        one.invited[name] = shown

    def amend_invitee(self, now: dt.datetime, key: str, name: str, to: str) -> None:
        one = self.live(key, Kind.MEETING)
        others = [shown for at, shown in one.invited.items() if at != name]
        allow(not one.over and name in one.invited and to not in others)
        one.invited[name] = to

    def uninvite(self, now: dt.datetime, key: str, name: str) -> None:
        one = self.live(key, Kind.MEETING)
        allow(not one.over and name in one.invited)
        del one.invited[name]
        for _key, call in self.owed(key):
            call.owed = call.owed and call.name != name

    def knows(self, key: str) -> bool:
        """Whether anybody was told of the meeting."""
        return any(call.told for _key, call in self.calls(key))

    def cancel(self, now: dt.datetime, key: str, knows: bool) -> None:
        """Whoever was told is to be told so; if nobody ``knows``, nothing more is to be done."""
        one = self.live(key, Kind.MEETING)
        last = one.rounds[-1]
        allow(not one.over and not last.cancelled)
        one.rounds.append(Round(last.meets_at, last.place, cancelled=True))
        one.over = not knows
        for _key, call in self.owed(key):
            call.owed = False

    def end(self, now: dt.datetime, key: str) -> None:
        one = self.live(key, Kind.MEETING, Kind.CALL_IN)
        allow(not one.over)
        one.over, one.acted = True, True
        for _key, call in self.owed(key):
            call.owed = False

    def is_over(self, now: dt.datetime) -> tuple[str, ...]:
        """What ends by itself: notices of meetings of earlier days, visits that nobody signed out."""
        midnight = at(local_day(now))
        return tuple(
            key
            for key, one in self.things.items()
            if not one.void
            and (
                (one.kind is Kind.MEETING and not one.over and one.rounds[-1].meets_at < midnight)
                or (one.kind is Kind.VISIT and not one.left and one.at < midnight)
            )
        )

    def close_days(self, now: dt.datetime, over: tuple[str, ...]) -> None:
        for key in over:
            if self.live(key).kind is Kind.MEETING:
                self.end(now, key)
            else:
                allow(not self.things[key].left)
                self.things[key].left = True

    def told_us(self, now: dt.datetime, key: str, subject: str) -> None:
        self.things[key] = Thing(Kind.CALL_IN, now, {"subject": subject})

    def lay(self, now: dt.datetime, key: str, whom: str) -> None:
        allow(not self.live(key, Kind.CALL_IN).over and whom)

    def answer(self, now: dt.datetime, key: str, words: str, call: str) -> None:
        """Whoever notified us is answered, at once or by a call."""
        one = self.live(key, Kind.CALL_IN)
        allow(not one.over and words)
        one.over, one.acted = True, True
        if call:
            self.things[call] = Thing(Kind.CALL_OUT, now, acted=True)

    # Jobs, urgent events.

    def give(self, now: dt.datetime, key: str, words: str, lead: str) -> None:
        allow(words)
        self._job(now, key, words, lead)

    def report(self, now: dt.datetime, key: str, words: str, level: str) -> None:
        """Something done about a job, or a report to a level; the leader comes after the director."""
        one = self.live(key, Kind.JOB)
        allow(one.running is not None and words)
        if level == "leader":
            allow("director" in one.levels)
            one.levels = []
        elif level:
            one.levels.append(level)
        one.steps.append(words)

    def begin(self, now: dt.datetime, key: str, people: int | None, word: str) -> None:
        allow(people is not None or word)
        self.things[key] = Thing(Kind.URGENT, now, {"subject": word}, people=people or 1)

    def log(self, now: dt.datetime, key: str, words: str, whom: str) -> None:
        one = self.live(key, Kind.URGENT)
        allow(not one.over and (words or whom))
        one.steps.append(words + whom)

    def count(self, now: dt.datetime, key: str, people: int) -> None:
        one = self.live(key, Kind.URGENT)
        allow(not one.over)
        one.people = people

    def over(self, now: dt.datetime, key: str, outcome: str) -> None:
        one = self.live(key, Kind.URGENT)
        allow(not one.over and outcome)
        one.over, one.said["outcome"] = True, outcome

    def correct(self, now: dt.datetime, key: str, subject: str) -> None:
        one = self.live(key, Kind.JOB, Kind.URGENT)
        allow(subject)
        one.said["subject"] = subject
