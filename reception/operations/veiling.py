"""Who sees who told something: lists mask who reported, an accusation is sealed but for the supervisors.

Until people sign in with a password this is courtesy, not security.
"""

from __future__ import annotations

from reception import text as rules
from reception.context import Session, present
from reception.operations import site


def supervises(session: Session) -> bool:
    """Whether whoever sits at this desk is one of the supervisors that the site names."""
    here = rules.fold(present(session).operator)
    return bool(here) and here in {rules.fold(name) for name in site.supervisors(session)}
