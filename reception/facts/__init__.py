"""The facts that travel between the floors: frozen dataclasses and the words they use.

Nothing here knows the database or the window, so the window can use it before either is loaded.
Identities (``id``) are the register's; ``uid`` is made where the clerk pressed the key. Instants are aware
datetimes in UTC; a ``day`` is the site's local day as ``YYYYMMDD``.
"""

from __future__ import annotations

from reception.facts.day import Change, Counters, Query, TodoRow, Totals
from reception.facts.desk_work import (
    AttemptView,
    CallbackRow,
    CallbackView,
    NewCallback,
    RollCall,
    Undone,
    Visitor,
    in_turn,
)
from reception.facts.entries import (
    Details,
    EntryRow,
    EntryView,
    NewEntry,
    NewReferral,
    Party,
    Receipt,
    TrailLine,
)
from reception.facts.referrals import PartView, ReferralRow, ReferralView
from reception.facts.site import Catalogue, DepartmentFact, MatterFact, Site
from reception.facts.words import (
    CALL_CATEGORIES,
    MAX_PARTIES,
    VISIT_CATEGORIES,
    Act,
    AttemptResult,
    CallbackStatus,
    CallResult,
    Category,
    EntryStatus,
    Kind,
    PartStatus,
    ReferralStatus,
    Role,
    Sex,
    Todo,
    Urgency,
    Visits,
    categories,
)

__all__ = [
    "CALL_CATEGORIES",
    "MAX_PARTIES",
    "VISIT_CATEGORIES",
    "Act",
    "AttemptResult",
    "AttemptView",
    "CallResult",
    "CallbackRow",
    "CallbackStatus",
    "CallbackView",
    "Catalogue",
    "Category",
    "Change",
    "Counters",
    "DepartmentFact",
    "Details",
    "EntryRow",
    "EntryStatus",
    "EntryView",
    "Kind",
    "MatterFact",
    "NewCallback",
    "NewEntry",
    "NewReferral",
    "PartStatus",
    "PartView",
    "Party",
    "Query",
    "Receipt",
    "ReferralRow",
    "ReferralStatus",
    "ReferralView",
    "Role",
    "RollCall",
    "Sex",
    "Site",
    "Todo",
    "TodoRow",
    "Totals",
    "TrailLine",
    "Undone",
    "Urgency",
    "Visitor",
    "Visits",
    "categories",
    "in_turn",
]
