"""Two departments and a desk in three processes on one server work two thousand referrals at once."""

from __future__ import annotations

import json
from collections import Counter

from reception.facts import PartStatus, ReferralStatus
from reception.operations import reading, referrals
from reception.store import check
from tests.factories import OpenDesk
from tests.hands import Hands

REFERRALS = 2_000
CODES = ("JC", "GS")
ENDED = (PartStatus.ANSWERED, PartStatus.RETURNED)


def test_none_is_lost_none_done_twice_and_each_inbox_saw_its_own(
    server_register: str, open_desk: OpenDesk
) -> None:
    with (
        Hands(server_register, "inbox", CODES[0]) as one,
        Hands(server_register, "inbox", CODES[1]) as other,
        Hands(server_register, "desk", ",".join(CODES), REFERRALS) as sender,
    ):
        sent = json.loads(sender.line())
        inboxes = {}
        for code, hands in zip(CODES, (one, other), strict=True):
            hands.finish()
            inboxes[code] = json.loads(hands.line())
    desk = open_desk(server_register)
    rows = desk.ask(referrals.rows, which="all", limit=3 * REFERRALS)
    parts = {row.part.name: row for row in rows}
    assert len(set(sent["sent"])) == REFERRALS == len({row.referral_id for row in rows})
    assert {row.number for row in rows} == set(sent["sent"])
    # what somebody says they did is what the register holds, once
    answered = Counter([*sent["answered"], *(name for box in inboxes.values() for name in box["answered"])])
    returned = Counter(name for box in inboxes.values() for name in box["returned"])
    assert set(answered.values()) == set(returned.values()) == {1}
    assert set(answered) == {name for name, row in parts.items() if row.part.status is PartStatus.ANSWERED}
    assert set(returned) == {name for name, row in parts.items() if row.part.status is PartStatus.RETURNED}
    assert len(parts) == REFERRALS + len(returned) == len(answered) + len(returned)
    assert len(returned) == len(sent["rerouted"])
    assert all(row.part.status in ENDED for row in rows)
    ended = {row.number for row in rows if row.referral_status is ReferralStatus.CLOSED}
    assert ended == set(sent["closed"])
    assert len(sent["closed"]) == len(ended) > REFERRALS // 20
    assert {row.referral_status for row in rows} == {ReferralStatus.CLOSED, ReferralStatus.COMPLETED}
    for code, box in inboxes.items():
        theirs = {name for name, row in parts.items() if row.part.department == code}
        saw = Counter(box["saw"])
        by_desk = theirs & set(sent["answered"])
        assert theirs - by_desk <= set(saw) <= theirs
        assert saw.most_common(1)[0][1] == 1 or set(saw - Counter(set(saw))) <= by_desk
    trail = desk.ask(reading.entry, desk.ask(reading.find_number, sent["rerouted"][0])).trail
    verbs = [line.verb for line in trail if line.verb not in ("close", "receive")]
    assert verbs[:3] == ["register", "return", "reroute"]
    assert verbs[3:] in (["answer"], ["return", "reroute", "answer"])
    assert check.run(desk).entries == REFERRALS
