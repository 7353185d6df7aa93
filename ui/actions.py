"""Every key of the program in two tables: the window's actions, and what only a page or a dialog knows.

Actions, shortcuts, tooltips and the key sheet (F1) are all made from them, so that none can forget another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from reception.shapes import dataclass
from ui import icons
from ui.pages import PAGES
from ui.wording import N_, _


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action: its name in code, its keys (the first is shown), its words, its button's icon or "".

    ``keyed`` ones show their key on their button too.
    """

    name: str
    keys: tuple[str, ...]
    text: str
    icon: str = ""
    keyed: bool = False


SPECS: Sequence[ActionSpec] = (
    ActionSpec("visit", ("F2",), N_("Visit"), "user-round", keyed=True),
    ActionSpec("call-in", ("F3",), N_("Incoming call"), "phone-incoming", keyed=True),
    ActionSpec("call-out", ("F4",), N_("Outgoing call"), "phone-outgoing", keyed=True),
    ActionSpec("more", ("F6",), N_("Rarely used fields")),
    ActionSpec("wait", ("F7",), N_("The visitor waits here from now")),
    ActionSpec("group", ("Ctrl+Shift+G",), N_("Representatives of a group")),
    ActionSpec("late", ("Ctrl+L",), N_("Late entries, from notes")),
    ActionSpec("case", ("Ctrl+I",), N_("What became of my matter?")),
    ActionSpec("twice", ("Ctrl+D",), N_("Open the entry that is perhaps the same")),
    ActionSpec("here", ("F5",), N_("Who is here"), "users", keyed=True),
    ActionSpec("roll-call", ("Shift+F5",), N_("Print the roll-call")),
    ActionSpec("urgent", ("F9",), N_("Urgent event, group: the minute is stamped"), "triangle-alert"),
    ActionSpec("instruct", ("Ctrl+Shift+I",), N_("What a leader wrote on a page")),
    ActionSpec("todo", ("F10",), N_("To be done now")),
    ActionSpec("list-overdue", ("Alt+6",), N_("No delay: what is overdue")),
    ActionSpec("list-not-received", ("Alt+7",), N_("No backlog: what is not received in time")),
    ActionSpec("list-people", ("Alt+8",), N_("Nobody kept waiting: who waits, whom to call")),
    ActionSpec("list-unanswered", ("Alt+9",), N_("Good name: what is unanswered, what lacks something")),
    ActionSpec("clerk", ("F8",), N_("Change of clerk"), "user-cog"),
    ActionSpec("shift", ("Shift+F8",), N_("Shift: handover, pinned notes, duty")),
    ActionSpec("check", ("F11",), N_("Lines still to be checked")),
    ActionSpec("save", ("Ctrl+Return", "Ctrl+Enter"), N_("Save")),
    ActionSpec("act-1", ("Ctrl+1",), N_("Answer")),
    ActionSpec("act-2", ("Ctrl+2",), N_("Point")),
    ActionSpec("act-3", ("Ctrl+3",), N_("Put through")),
    ActionSpec("act-4", ("Ctrl+4",), N_("Refer")),
    ActionSpec("aside", ("Ctrl+Tab",), N_("Bring back what was put aside")),
    ActionSpec("aside-back", ("Ctrl+Shift+Tab",), N_("The same, the other way round")),
    ActionSpec("discard", ("Ctrl+Shift+Del",), N_("Throw away what is typed in the form")),
    ActionSpec("undo", ("Ctrl+Shift+Z",), N_("Take back the last act, again the one before")),
    ActionSpec("redo", ("Ctrl+Shift+Y",), N_("Do again what was taken back")),
    ActionSpec("find", ("Ctrl+K",), N_("Find"), "search", keyed=True),
    ActionSpec("sheet", ("Ctrl+P",), N_("Day's sheet"), "printer", keyed=True),
    ActionSpec("verify", ("Ctrl+Shift+K",), N_("Verify a printed sheet")),
    ActionSpec("cover", ("F12",), N_("Cover the screen")),
    ActionSpec("keys", ("F1",), N_("Key sheet")),
    ActionSpec("larger", ("Ctrl++", "Ctrl+="), N_("Larger")),
    ActionSpec("smaller", ("Ctrl+-",), N_("Smaller")),
    ActionSpec("normal", ("Ctrl+0",), N_("Normal size")),
    *(
        ActionSpec(f"page-{page.name}", (page.shortcut,), page.title, page.icon)
        for page in PAGES
        if page.listed
    ),
)


@dataclass(frozen=True, slots=True)
class KeySpec:
    """A key that holds in one place: ``name`` is ``place.what``; of ``keys`` the first is shown.

    A ``told`` one is handled by its widget itself and stands here for the key sheet and the tooltips.
    """

    name: str
    keys: tuple[str, ...]
    text: str
    told: bool = False


PLACES: Mapping[str, str] = {
    "form": N_("In a form"),
    "list": N_("In a list"),
    "todo": N_("To be done now"),
    "here": N_("Who is here"),
    "entry": N_("Entry window"),
    "case": N_("What became of my matter?"),
    "referrals": N_("Referrals"),
    "check": N_("Lines still to be checked"),
    "inbox": N_("A department's inbox"),
    "shift": N_("Shift"),
    "office": N_("Office work"),
    "find": N_("Find"),
    "directory": N_("Directory"),
    "people": N_("People in the directory"),
    "settings": N_("Settings"),
    "sheet": N_("Preview"),
    "dialog": N_("In a question"),
    "trouble": N_("While the register does not answer"),
    "cover": N_("While the screen is covered"),
}
"""The places that keys hold in, in the order of the key sheet."""
KEYS: Sequence[KeySpec] = (
    KeySpec("form.next", ("Return",), N_("To the next field"), told=True),
    KeySpec("form.act", ("1 – 4",), N_("Choose the act, in its row"), told=True),
    KeySpec("form.through", ("1 – 3",), N_("Put through: connected, no answer, busy; ends it"), told=True),
    KeySpec("form.owe", ("Return",), N_("Owe the call-back that is offered"), told=True),
    KeySpec("form.not-owed", ("Esc",), N_("No call-back"), told=True),
    KeySpec("form.line", ("Shift+Return",), N_("A new line in a long text"), told=True),
    KeySpec("form.list", ("Down",), N_("Open the list of a field"), told=True),
    KeySpec(
        "form.offers", ("Down, Up, Return, Esc",), N_("People seen before: choose, take, close"), told=True
    ),
    KeySpec("form.late", ("Up, Down, PgUp, PgDown",), N_("Step the day or time of a note"), told=True),
    KeySpec("form.undo", ("Ctrl+Z",), N_("Take back what was typed in the field"), told=True),
    KeySpec("form.notice", ("Ctrl+G",), N_("One-time notice: save what is typed, tick the papers, print")),
    KeySpec("form.pass", ("Shift+F2",), N_("Visitor pass: of the line chosen in the day, or the last saved")),
    KeySpec("form.slip", ("Alt+P",), N_("Referral slip: of the line chosen in the day, or the last saved")),
    KeySpec("list.open", ("Return",), N_("Open what is chosen"), told=True),
    KeySpec("list.record", ("Ctrl+Shift+P",), N_("The record of the entry on paper")),
    KeySpec("list.move", ("Up, Down, PgUp, PgDown, Home, End",), N_("Move in the list"), told=True),
    KeySpec("todo.seen", ("Space",), N_("The visitor who waited was received"), told=True),
    KeySpec("todo.come", ("Space",), N_("Who is expected is here: a visit"), told=True),
    KeySpec("todo.call-1", ("1",), N_("Call owed: reached"), told=True),
    KeySpec("todo.call-2", ("2",), N_("Call owed: no answer"), told=True),
    KeySpec("todo.call-3", ("3",), N_("Call owed: busy"), told=True),
    KeySpec("todo.call-4", ("4",), N_("Call owed: give up, with the reason"), told=True),
    KeySpec("todo.step", ("Space",), N_("A referral: the step that it waits for"), told=True),
    KeySpec("todo.call", ("F4",), N_("Call owed: start the call"), told=True),
    KeySpec("here.choose", ("1 – 9, A – Z",), N_("Choose a line"), told=True),
    KeySpec("here.left", ("Space",), N_("The visitor has left"), told=True),
    KeySpec("here.pass", ("Shift+F2",), N_("Print the visitor's pass")),
    KeySpec("here.save", ("Ctrl+S",), N_("Save the roll-call as PDF")),
    KeySpec("here.paper", ("Ctrl+P",), N_("Look at the roll-call before it is printed"), told=True),
    KeySpec("here.back", ("Esc",), N_("Back")),
    KeySpec("entry.save", ("Ctrl+Return", "Ctrl+Enter"), N_("Save changes"), told=True),
    KeySpec("entry.seen", ("Alt+W",), N_("Went in")),
    KeySpec("entry.left", ("Alt+L",), N_("Left")),
    KeySpec("entry.again", ("Alt+R",), N_("Refer again")),
    KeySpec("entry.void", ("Ctrl+Del",), N_("Void the entry")),
    KeySpec("entry.notice", ("Ctrl+G",), N_("One-time notice")),
    KeySpec("entry.pass", ("Shift+F2",), N_("Print the visitor's pass")),
    KeySpec("entry.trail", ("Ctrl+T",), N_("Print the trail")),
    KeySpec("entry.record", ("Ctrl+P",), N_("Print the record of the visit or call")),
    KeySpec("entry.reveal", ("Alt+S",), N_("Show the document number whole, which is noted")),
    KeySpec("entry.close", ("Esc",), N_("Close; what is typed is asked about"), told=True),
    KeySpec("case.note", ("Return",), N_("Note the enquiry"), told=True),
    KeySpec("case.open", ("Ctrl+O",), N_("Open the entry")),
    KeySpec("referrals.open", ("Return",), N_("Open the entry"), told=True),
    KeySpec("referrals.fitting", ("Space",), N_("The step that the line waits for"), told=True),
    KeySpec("referrals.bare", ("1 – 9, B …",), N_("The steps, in the list without Ctrl"), told=True),
    KeySpec("referrals.step-1", ("Ctrl+1",), N_("Told by phone"), told=True),
    KeySpec("referrals.step-2", ("Ctrl+2",), N_("Received"), told=True),
    KeySpec("referrals.step-3", ("Ctrl+3",), N_("Answered"), told=True),
    KeySpec("referrals.step-4", ("Ctrl+4",), N_("Returned"), told=True),
    KeySpec("referrals.step-5", ("Ctrl+5",), N_("Close")),
    KeySpec("referrals.step-6", ("Ctrl+6",), N_("Remind")),
    KeySpec("referrals.step-7", ("Ctrl+7",), N_("Extend")),
    KeySpec("referrals.step-8", ("Ctrl+8",), N_("Stop the clock, or let it go on")),
    KeySpec("referrals.step-9", ("Ctrl+9",), N_("Re-route what came back; reopen what was answered")),
    KeySpec("referrals.step-B", ("Ctrl+B",), N_("Called the person back")),
    KeySpec("referrals.step-E", ("Ctrl+E",), N_("Leader has seen it")),
    KeySpec("referrals.step-N", ("Ctrl+N",), N_("No more time")),
    KeySpec("referrals.step-R", ("Ctrl+R",), N_("What the department says to a reminder")),
    KeySpec("referrals.step-U", ("Ctrl+U",), N_("Director decided")),
    KeySpec("referrals.step-Y", ("Ctrl+Y",), N_("Slip number")),
    KeySpec("referrals.later", ("Ctrl+PgDown",), N_("Next filter")),
    KeySpec("referrals.earlier", ("Ctrl+PgUp",), N_("Filter before")),
    KeySpec("referrals.all-open", ("Esc",), N_("Back to all that is open, in the list"), told=True),
    KeySpec("referrals.trail", ("Ctrl+T",), N_("Print the trail")),
    KeySpec("referrals.slip", ("Alt+P",), N_("Print the referral slip; others of the list may go along")),
    KeySpec("referrals.reminder", ("Alt+M",), N_("Print the slip of the last reminder")),
    KeySpec("referrals.note", ("Return", "Ctrl+Return"), N_("Note it"), told=True),
    KeySpec("referrals.cancel", ("Esc",), N_("Close the question; what is typed stays"), told=True),
    KeySpec("check.note", ("Return",), N_("Note what was missing; left empty: the next line"), told=True),
    KeySpec("check.as-is", ("Alt+A",), N_("Leave the line as it is")),
    KeySpec("check.move", ("Up, Down",), N_("Another line"), told=True),
    KeySpec("check.open", ("Ctrl+O",), N_("Open the entry")),
    KeySpec("check.back", ("Esc",), N_("Back")),
    KeySpec("shift.hand", ("Ctrl+Return",), N_("Hand over, accept, or say what is missing"), told=True),
    KeySpec("shift.take-back", ("Alt+Z",), N_("Take the answer to a handover back")),
    KeySpec("shift.new", ("Alt+N",), N_("Write a note to pin")),
    KeySpec("shift.pin", ("Return",), N_("Pin the note that is written"), told=True),
    KeySpec("shift.unpin", ("Del",), N_("Take a pinned note down"), told=True),
    KeySpec("shift.paper", ("Ctrl+P",), N_("The last handover on paper"), told=True),
    KeySpec("shift.duty", ("Ctrl+Return",), N_("Save who is on duty"), told=True),
    KeySpec("shift.back", ("Esc",), N_("Back")),
    KeySpec("inbox.step-2", ("Ctrl+2",), N_("Receive")),
    KeySpec("inbox.step-3", ("Ctrl+3",), N_("Answer")),
    KeySpec("inbox.step-4", ("Ctrl+4",), N_("Return")),
    KeySpec("inbox.step-7", ("Ctrl+7",), N_("Ask for more time")),
    KeySpec("inbox.bare", ("2, 3, 4, 7",), N_("The steps, in the list without Ctrl"), told=True),
    KeySpec("inbox.later", ("Ctrl+PgDown",), N_("Next list")),
    KeySpec("inbox.earlier", ("Ctrl+PgUp",), N_("List before")),
    KeySpec("inbox.search", ("Ctrl+F",), N_("Search what was sent to us")),
    KeySpec("inbox.found", ("Down, Esc",), N_("From the search to the list; Esc clears it"), told=True),
    KeySpec("inbox.away-a", ("Alt+A",), N_("Officer A is away, or back again")),
    KeySpec("inbox.away-b", ("Alt+B",), N_("Officer B is away, or back again")),
    KeySpec("inbox.language", ("Alt+L",), N_("The other language")),
    KeySpec("inbox.back", ("Esc",), N_("Close the question; what is typed stays")),
    KeySpec("office.new", ("Ctrl+N",), N_("Something new: what the room is for")),
    KeySpec("office.open", ("Return",), N_("Open the entry"), told=True),
    KeySpec("office.bare", ("1 – 9, A – Z",), N_("The steps, in the list without Ctrl"), told=True),
    KeySpec(
        "office.step-5",
        ("Ctrl+5",),
        N_("Urgent: people now; meetings: invite; papers: correct; jobs: answered"),
    ),
    KeySpec("office.step-6", ("Ctrl+6",), N_("Urgent: it is over; meetings: change; papers: signed")),
    KeySpec("office.step-7", ("Ctrl+7",), N_("Meetings: cancel; papers: off the circulation")),
    KeySpec("office.step-8", ("Ctrl+8",), N_("Meetings: end the notice; papers: answered, close")),
    KeySpec("office.step-9", ("Ctrl+9",), N_("Meetings: off the list; papers: leader wrote")),
    KeySpec("office.step-R", ("Ctrl+R",), N_("Meeting notices: one that was given to us")),
    KeySpec("office.search", ("Ctrl+F",), N_("Search the list")),
    KeySpec("office.later", ("Ctrl+PgDown",), N_("Next room")),
    KeySpec("office.earlier", ("Ctrl+PgUp",), N_("Room before")),
    KeySpec("office.import", ("Alt+I",), N_("Expected visitors: import a calendar")),
    KeySpec("office.export", ("Alt+E",), N_("Expected visitors: export a calendar")),
    KeySpec("office.paper", ("Ctrl+P",), N_("The room's form on paper"), told=True),
    KeySpec("find.paper", ("Ctrl+P",), N_("Visitor register of these days"), told=True),
    KeySpec("find.others", ("Ctrl+Down",), N_("Who is expected, what is lent, parcels that fit")),
    KeySpec("find.reset", ("Alt+N",), N_("No filters")),
    KeySpec("directory.new", ("Ctrl+N",), N_("New line"), told=True),
    KeySpec("directory.search", ("Ctrl+F",), N_("Search the list"), told=True),
    KeySpec("directory.later", ("Ctrl+PgDown",), N_("Next tab")),
    KeySpec("directory.earlier", ("Ctrl+PgUp",), N_("Tab before")),
    KeySpec("directory.save", ("Ctrl+Return",), N_("Save"), told=True),
    KeySpec("directory.back", ("Esc",), N_("To the list; what is typed stays")),
    KeySpec("directory.away-a", ("Alt+A",), N_("Officer A is away, or back again")),
    KeySpec("directory.away-b", ("Alt+B",), N_("Officer B is away, or back again")),
    KeySpec("directory.away", ("Return",), N_("Away until midnight or the day typed; back again"), told=True),
    KeySpec("directory.remove", ("Del",), N_("Take a clerk off the list"), told=True),
    KeySpec("directory.add", ("Return",), N_("Add a clerk"), told=True),
    KeySpec("people.note", ("Alt+N",), N_("Write the note")),
    KeySpec("people.merge", ("Ctrl+M",), N_("Put together with another record")),
    KeySpec("people.apart", ("Ctrl+Shift+M",), N_("Take the chosen record apart")),
    KeySpec("settings.save", ("Ctrl+Return",), N_("Save the site's settings"), told=True),
    KeySpec("settings.later", ("Ctrl+PgDown",), N_("Next tab")),
    KeySpec("settings.earlier", ("Ctrl+PgUp",), N_("Tab before")),
    KeySpec("settings.year-before", ("Alt+PgUp",), N_("Year before")),
    KeySpec("settings.year-after", ("Alt+PgDown",), N_("Year after")),
    KeySpec("settings.turn", ("Space",), N_("Year view: the day is worked, or off"), told=True),
    KeySpec("settings.name", ("Return",), N_("Year view: what the day is called"), told=True),
    KeySpec("settings.tick", ("Space",), N_("Table of categories: asked, or not"), told=True),
    KeySpec("settings.move", ("Ctrl+Up", "Ctrl+Down"), N_("Table of columns: move the column"), told=True),
    KeySpec("settings.first-page", ("Alt+Home",), N_("Sample of the paper: its first page")),
    KeySpec("settings.last-page", ("Alt+End",), N_("Sample of the paper: its last page")),
    KeySpec("settings.import", ("Alt+I",), N_("Import the working days of a year")),
    KeySpec("settings.export", ("Alt+E",), N_("Export the working days of a year")),
    KeySpec("settings.new", ("Ctrl+N",), N_("New limit"), told=True),
    KeySpec("settings.search", ("Ctrl+F",), N_("Search the limits"), told=True),
    KeySpec("settings.adopt", ("Alt+U",), N_("Take over the usual limits")),
    KeySpec("settings.code", ("Alt+D",), N_("Apply the code of this desk")),
    KeySpec("settings.choose", ("Alt+C",), N_("Choose a register")),
    KeySpec("settings.place", ("Alt+O",), N_("Open the register named")),
    KeySpec("settings.backup", ("Alt+B",), N_("Back up now")),
    KeySpec("settings.restore", ("Alt+R",), N_("Restore a backup")),
    KeySpec("sheet.back", ("Esc",), N_("Back"), told=True),
    KeySpec("sheet.earlier", ("Ctrl+PgUp",), N_("Day before"), told=True),
    KeySpec("sheet.later", ("Ctrl+PgDown",), N_("Day after"), told=True),
    KeySpec("sheet.again", ("Ctrl+R",), N_("Make it again"), told=True),
    KeySpec("sheet.save", ("Ctrl+S",), N_("Save as PDF"), told=True),
    KeySpec("sheet.print", ("Ctrl+P",), N_("Print"), told=True),
    KeySpec("sheet.pages", ("PgUp, PgDown, Home, End",), N_("Another page"), told=True),
    KeySpec("sheet.size", ("+, -",), N_("Larger, smaller"), told=True),
    KeySpec("sheet.fit", ("0, W",), N_("Whole page; full width"), told=True),
    KeySpec("sheet.language", ("Alt+L",), N_("The paper's other language")),
    KeySpec("sheet.paper", ("Alt+P",), N_("Another size of paper")),
    KeySpec("sheet.search", ("Ctrl+F",), N_("Search these pages")),
    KeySpec("sheet.hit-after", ("Return",), N_("The next place that was found"), told=True),
    KeySpec("sheet.hit-before", ("Shift+Return",), N_("The place before"), told=True),
    KeySpec("sheet.search-close", ("Esc",), N_("Close the search"), told=True),
    KeySpec("sheet.forms", ("F6",), N_("Several forms at once: the list"), told=True),
    KeySpec("sheet.form-choose", ("Space",), N_("The form goes along, or not"), told=True),
    KeySpec("sheet.form-up", ("Alt+Up",), N_("The form goes before")),
    KeySpec("sheet.form-down", ("Alt+Down",), N_("The form goes behind")),
    KeySpec("sheet.folder", ("Alt+O",), N_("Show what was saved in its folder")),
    KeySpec("sheet.spreadsheet", ("Ctrl+Shift+S",), N_("Save the bulletin as a spreadsheet")),
    KeySpec("sheet.cancel", ("Esc",), N_("Cancel what takes long"), told=True),
    KeySpec("dialog.agree", ("Return", "Ctrl+Return"), N_("What the dark button says"), told=True),
    KeySpec("dialog.cancel", ("Esc",), N_("Cancel"), told=True),
    KeySpec("dialog.other", ("Alt+O",), N_("Another file")),
    KeySpec("dialog.retry", ("Alt+T",), N_("Try again")),
    KeySpec("dialog.restore", ("Alt+R",), N_("Restore")),
    KeySpec("dialog.copy", ("Alt+C",), N_("Copy the report")),
    KeySpec("dialog.keep", ("Alt+K",), N_("Close; the forms come back with the next start")),
    KeySpec("dialog.leave", ("Alt+X",), N_("Close without saving")),
    KeySpec("trouble.retry", ("Alt+T",), N_("Try again")),
    KeySpec("trouble.restore", ("Alt+Shift+R",), N_("Restore a backup")),
    KeySpec("cover.lift", ("F12", "Esc"), N_("Show the desk again"), told=True),
)
_BY_NAME = {spec.name: spec for spec in KEYS}


def make(owner: QWidget) -> dict[str, QAction]:
    """All actions by name, added to ``owner``; their keys work in its whole window."""
    made: dict[str, QAction] = {}
    for spec in SPECS:
        action = QAction(_(spec.text), owner)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setAutoRepeat(_goes_on(spec.name))
        action.setToolTip(f"{_(spec.text)} ({shown_key(spec)})")
        if spec.keyed:
            action.setIconText(f"{shown_key(spec)} {_(spec.text)}")
        if spec.icon:
            icons.dress(action, spec.icon)
        owner.addAction(action)
        made[spec.name] = action
    return made


def shown_key(spec: ActionSpec | KeySpec) -> str:
    """The key as the keyboard says it: ``Ctrl+Enter``."""
    return spec.keys[0].replace("Return", "Enter")


def shown_keys(spec: ActionSpec | KeySpec) -> str:
    """All its keys, those that are the same to the clerk once."""
    keys = [key.replace("Return", "Enter") for key in spec.keys]
    return " · ".join(dict.fromkeys(keys))


def _goes_on(name: str) -> bool:
    """Whether a key that is held down does it again and again: looking goes on, an act is done once."""
    return name in ("larger", "smaller") or name.endswith(("later", "earlier", "-before", "-after"))


def bind(owner: QWidget, name: str, slot: Callable[[], object]) -> None:
    """Let a key of `KEYS` run ``slot`` while ``owner`` or what is in it has the keyboard."""
    for keys in _BY_NAME[name].keys:
        shortcut = QShortcut(QKeySequence(keys), owner)
        shortcut.setObjectName(name)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(_goes_on(name))
        shortcut.activated.connect(slot)


def press(button: QAbstractButton, name: str) -> None:
    """Let a key of `KEYS` press ``button`` anywhere in its window, while it is shown; its tooltip tells."""
    for keys in _BY_NAME[name].keys:
        shortcut = QShortcut(QKeySequence(keys), button)
        shortcut.setObjectName(name)
        shortcut.setAutoRepeat(_goes_on(name))
        shortcut.activated.connect(button.click)
    tip(button, name)


def tip(button: QAbstractButton, name: str, words: str = "") -> None:
    """Let the tooltip tell the key: one of `KEYS`, or of an action. ``words`` (translated) say more."""
    spec = _BY_NAME.get(name) or next(one for one in SPECS if one.name == name)
    button.setToolTip(f"{words or _(spec.text)} ({shown_key(spec)})")
