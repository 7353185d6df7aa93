"""What became of a printed sheet since: the command that compares it with the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reception import proofs
from reception.cli import documents, layout
from reception.cli.frame import Command
from reception.cli.state import AtDesk, State, prints_json
from reception.cli.streams import plain
from reception.wording import N_, Wording

if TYPE_CHECKING:
    from reception.facts.prints import Deed, Verified


@click.command(
    "verify-sheet",
    cls=Command,
    help=N_(
        "Say whether the register still holds exactly what a printed sheet shows.\n\n"
        "CODE stands at its foot, like 7K3Q-9ZTB. If lines differ, it is told which, and who changed them "
        "when. What nothing in the trail explains was changed behind the program's back. Compare the digits "
        "of the journal that are told with those on the sheet. The exit code is 0 either way: a script asks "
        "--json for 'same'."
    ),
)
@click.argument("code", metavar="CODE")
@prints_json
@click.pass_obj
def verify_sheet(state: State, *, code: str) -> None:
    """Verify a sheet."""
    from reception.paper import prints

    with state.open() as here:
        found = here.desk.ask(prints.verify, code)
        document = _verified(found, here) if state.as_json else None
        state.tell(document, _told(found, state.wording, here))


def _verified(found: Verified, here: AtDesk) -> dict[str, Any]:
    sheet = found.sheet
    return {
        "code": proofs.shown(sheet.code),
        "same": found.same,
        "holds": found.holds,
        "form": sheet.form.replace("_", "-"),
        "subject": sheet.subject,
        "language": sheet.language,
        "count": sheet.count,
        "prints": found.prints,
        "printed_at": documents.instant(sheet.made_at, here.zone),
        "operator": sheet.made_by or None,
        "desk": sheet.desk or None,
        "head": sheet.head,
        "lines": sheet.lines,
        "differences": [
            {
                "line": one.key,
                "number": one.number or None,
                "state": one.state.value,
                "explained": one.explained,
                "deeds": [_deed(deed, here) for deed in one.deeds],
            }
            for one in found.differences
        ],
        "elsewhere": [_deed(deed, here) for deed in found.elsewhere],
    }


def _deed(one: Deed, here: AtDesk) -> dict[str, Any]:
    return {
        "at": documents.instant(one.at, here.zone),
        "operator": one.operator or None,
        "desk": one.desk or None,
        "verb": one.verb,
        "of": one.kind,
        "name": one.name or None,
    }


def _told(found: Verified, wording: Wording, here: AtDesk) -> list[str]:
    from reception.paper import sheet_words

    lines = [sheet_words.verdict(found, wording), sheet_words.sheet(found, wording, here.zone)]
    if said := sheet_words.unexplained(found, wording):
        lines.insert(1, said)
    cells = [
        [
            sheet_words.line(one, wording),
            wording.gettext(sheet_words.STATES[one.state]),
            plain("; ".join(sheet_words.deed(deed, wording, here.zone) for deed in one.deeds))
            if one.explained
            else wording.gettext(sheet_words.UNEXPLAINED),
        ]
        for one in found.differences
    ]
    lines += layout.table(cells)
    if found.elsewhere:
        lines.append(wording.gettext("Changed since around them:"))
        lines += [plain(sheet_words.deed(deed, wording, here.zone)) for deed in found.elsewhere]
    return lines
