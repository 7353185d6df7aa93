"""Referrals: sent, told by phone, received, answered or returned by their parts, closed as a whole."""

from __future__ import annotations

from reception.operations.referrals.ending import close
from reception.operations.referrals.looking import FILTERS, count, find_part, find_referral, rows
from reception.operations.referrals.parts import answer, give_back, receive, told
from reception.operations.referrals.sending import refer

__all__ = [
    "FILTERS",
    "answer",
    "close",
    "count",
    "find_part",
    "find_referral",
    "give_back",
    "receive",
    "refer",
    "rows",
    "told",
]
