"""What became of a sheet, in words: for the window and the terminal alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from reception.facts.prints import Deed, Difference, LineState, Verified
from reception.wording import N_, Wording
from reception.words import VERBS

STATES: Mapping[LineState, str] = {
    LineState.CHANGED: N_("Changed"),
    LineState.NEW: N_("Not on the sheet"),
    LineState.GONE: N_("Not there any more"),
}
_KINDS = {
    "department": N_("Department"),
    "matter": N_("Matter"),
    "operator": N_("Clerk"),
    "setting": N_("Setting"),
    "person": N_("Person"),
}
UNEXPLAINED = N_("Nothing in the trail explains it")
_HEAD, _FOOT = N_("Head of the sheet"), N_("Totals")


def verdict(found: Verified, wording: Wording) -> str:
    """In one sentence whether the register still holds what the sheet shows."""
    if not found.holds:
        return wording.gettext(
            "The journal's line of this print was changed. Have the register checked: reception check."
        )
    if found.same:
        return wording.gettext("The register holds exactly what this sheet shows.")
    count = len(found.differences)
    return wording.ngettext(
        "{count} line differs from what this sheet shows.",
        "{count} lines differ from what this sheet shows.",
        count,
    ).format(count=count)


def unexplained(found: Verified, wording: Wording) -> str:
    """That lines were changed behind the program's back; empty where the trail explains all of them."""
    count = found.unexplained
    if not count:
        return ""
    return wording.ngettext(
        "Nothing in the trail explains {count} of them: it was changed behind the program's back. "
        "Have the register checked: reception check.",
        "Nothing in the trail explains {count} of them: they were changed behind the program's back. "
        "Have the register checked: reception check.",
        count,
    ).format(count=count)


def sheet(found: Verified, wording: Wording, zone: dt.tzinfo) -> str:
    """What sheet it is: its form and what it is of, printed when, by whom, which head it must bear."""
    from reception.paper import forms

    one = found.sheet
    return wording.gettext(
        "{form} {subject}, print {count} of {prints}: {time}, {operator}; journal {head}"
    ).format(
        form=wording.pgettext("paper", forms.TITLES[one.form]),
        subject=one.subject,
        count=one.count,
        prints=found.prints,
        time=f"{one.made_at.astimezone(zone):%Y-%m-%d %H:%M}",
        operator=one.made_by,
        head=one.head,
    )


def line(one: Difference, wording: Wording) -> str:
    """What a line is called: its entry's number, or its place on the sheet."""
    if one.number:
        return one.number
    return wording.gettext(_FOOT if one.key.startswith("foot") else _HEAD)


def deed(one: Deed, wording: Wording, zone: dt.tzinfo) -> str:
    """Who did what when."""
    said = wording.gettext(VERBS.get(one.verb, one.verb))
    if one.kind in _KINDS:
        kind = wording.gettext(_KINDS[one.kind])
        if one.name and one.kind != "setting":
            kind = f"{kind} {one.name}"
        said = wording.gettext("{name}: {value}").format(name=kind, value=said)
    who = f"{one.operator} ({one.desk})" if one.desk else one.operator
    return f"{one.at.astimezone(zone):%Y-%m-%d %H:%M} {who}: {said}"
