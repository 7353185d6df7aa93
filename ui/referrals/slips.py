"""From the list of referrals to their slips on paper, and to that of a reminder."""

from __future__ import annotations

from reception.facts import EntryView, StepKind, TodoRow
from ui.pages import Page
from ui.sheet.opener import Wanted, open_forms
from ui.widgets.table import PagedTable
from ui.wording import _

_MOST = 30
"""So many slips of other lines are offered to go along."""


def show(page: Page, table: PagedTable[TodoRow]) -> None:
    """The slip of the chosen line; those of the lines below it and above it may be chosen too."""
    row = table.row()
    if row is None or row.referral is None:
        page.message.emit(_("Choose a referral in the list first."))
        return
    rows = [one for at in range(table.rows.rowCount()) if (one := table.rows.row(at)) is not None]
    names = dict.fromkeys(one.referral.part.name for one in (row, *rows) if one.referral is not None)
    wanted = [
        Wanted("referral_slip", {"referral": name}, chosen=at == 0)
        for at, name in enumerate(list(names)[:_MOST])
        if "/" in name  # of what is sealed nothing is printed
    ]
    if wanted and wanted[0].chosen:
        open_forms(page, page.lanes, *wanted)
    else:
        page.message.emit(_("What is sealed is not printed from here."))


def show_reminder(page: Page, row: TodoRow | None, seen: EntryView | None) -> None:
    """The slip of the last reminder of the chosen line's referral."""
    if row is None or row.referral is None:
        page.message.emit(_("Choose a referral in the list first."))
        return
    referrals = seen.referrals if seen is not None and seen.row.id == row.entry_id else ()
    steps = [step for one in referrals for step in one.steps if step.kind is StepKind.REMINDER]
    if not steps:
        page.message.emit(
            _("No reminder of {number} is noted; note it first (Ctrl+6).").format(number=row.number)
        )
        return
    args: dict[str, str | int] = {"referral": row.number, "reminder": steps[-1].ordinal}
    open_forms(page, page.lanes, Wanted("reminder_slip", args))
