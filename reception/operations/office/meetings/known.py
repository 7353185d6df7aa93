"""People whom the register knows, as they are invited, and whose call a call to somebody invited is.

No column leads from an invitee to a person: the list says what was said when the notice was given out, and
stays so whoever is merged later. The call does lead there, like any other, by name and number.
"""

from __future__ import annotations

from reception import text as rules
from reception.context import Session
from reception.facts.office import NewInvitee
from reception.operations import people
from reception.operations.people import recalling
from reception.text import invitees

_FEW = 20


def known(session: Session, text: str, *, limit: int = 30) -> tuple[NewInvitee, ...]:
    """Whom the register knows by ``text``, best first, with name, organisation and the number to call.

    As `people.find` finds them. Whoever gave no name cannot be invited, and nobody is led to those who are
    not to be disclosed.
    """
    found = people.find(session, text, limit)
    return tuple(invitees.of_person(one, text) for one in found if one.name and not one.identity_protected)


def whose(session: Session, name: str, phone: str) -> int | None:
    """The person who is shown by this name and has this number, though no record may say both.

    Of merged records one gives the name and another the number that is called.
    """
    called = rules.fold(rules.clean_name(name))
    for number in rules.phone_numbers(phone):
        for group in recalling.groups(session, number, _FEW):
            if group.merged and rules.fold(group.name()) == called and number in group.phones():
                return group.id
    return None
