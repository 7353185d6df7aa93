"""Referrals: sent, told by phone, received, answered or returned by their parts, closed as a whole."""

from __future__ import annotations

from reception.operations.referrals.asking import ask, deny
from reception.operations.referrals.ending import close
from reception.operations.referrals.looking import FILTERS, count, find_part, find_referral, rows
from reception.operations.referrals.looking_back import call_back, leader_seen
from reception.operations.referrals.overview import Whole, whole
from reception.operations.referrals.parts import answer, give_back, receive, told
from reception.operations.referrals.reopening import reopen
from reception.operations.referrals.rerouting import reroute
from reception.operations.referrals.sending import refer
from reception.operations.referrals.slips import slip
from reception.operations.referrals.timing import extend, pause, resume

__all__ = [
    "FILTERS",
    "Whole",
    "answer",
    "ask",
    "call_back",
    "close",
    "count",
    "deny",
    "extend",
    "find_part",
    "find_referral",
    "give_back",
    "leader_seen",
    "pause",
    "receive",
    "refer",
    "reopen",
    "reroute",
    "resume",
    "rows",
    "slip",
    "told",
    "whole",
]
