"""The base fields of the entry form and where they stand: matter first, but a call begins at the phone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from reception.facts import CONTACTS, Act, Kind, Party, categories
from reception.words import CATEGORIES
from ui.theme import GAP, GAP_SMALL
from ui.today.acts import ActField, refer_labels
from ui.today.card import GuidanceCard
from ui.today.fields import ChoiceBox, Field, MomentBox, NumberBox, Pick, TextBox, Tick, options
from ui.today.known import KnownLine
from ui.widgets.texts import LONG
from ui.wording import _
from ui.words import KINDS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ui.today.against import AgainstRow
    from ui.today.details import Details
    from ui.today.due import DueLine
    from ui.today.owing import CallbackBox
    from ui.today.refer_box import ReferBox
    from ui.today.representatives import Representatives

_ANY = 16_777_215  # Qt's own greatest width: none


class FormBody(QWidget):
    """Makes the fields and arranges them for a kind of entry.

    Args:
        zone: tells the site's zone.
        correcting: whether an entry of the register is shown.
        parent: the usual one.
    """

    more_edited = Signal()
    """Something was typed about a group's representatives, or a call that is owed."""
    line_added = Signal(object)
    """Another representative may be typed: the editors of the name and the phone."""
    resized = Signal()
    """The fields may need another size than before."""

    def __init__(
        self, zone: Callable[[], ZoneInfo], *, correcting: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._zone = zone
        self._correcting = correcting
        self.matter = ChoiceBox("subject", _("Matter"), free=True)
        self.phone = TextBox("phone", _("Phone"))
        self.person = TextBox("name", _("Name"))
        self.organisation = TextBox("organisation", _("From"))
        self.organisation.editor.setPlaceholderText(_("organisation or address"))
        self.known = KnownLine(self.person)
        self.party = NumberBox("party_size", _("People"), absent=1)
        self.party.editor.setPlaceholderText("1")
        self.category = Pick("category", _("Category"), [])
        self.waiting = MomentBox("waiting_since", _("Waits since"), zone)
        self.waiting.editor.setPlaceholderText("F7")
        self.callback = Tick("callback_wanted", _("Call-back wanted"))
        self.act = ActField()
        self.department = ChoiceBox("department_id", _("Send to"), free=False)
        self.outcome = TextBox("outcome", _("Done"), limit=LONG, lines=2)
        self.outcome.editor.setPlaceholderText(_("what was said or done"))
        self.base: dict[str, Field] = {
            field.name: field
            for field in (
                self.matter,
                self.phone,
                self.person,
                self.organisation,
                self.known,
                self.party,
                self.category,
                self.waiting,
                self.callback,
                self.act,
                self.department,
                self.outcome,
            )
        }
        self._kind = Kind.VISIT
        self.first: Field = self.matter
        """Where the conversation begins."""
        self._offered: Kind | None = None
        self.details: Details | None = None
        self.refer: ReferBox | None = None
        self.due: DueLine | None = None
        self.against: AgainstRow | None = None
        self.owing: CallbackBox | None = None
        self.people: Representatives | None = None
        self._grown = ""
        self.card = GuidanceCard()
        self._labels: dict[str, QLabel] = {}
        self._firsts: list[QLabel] = []
        self._lay_out()

    def _lay_out(self) -> None:
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.general = _plain_label("wrong")
        self.where = _plain_label("small")
        self._matter_row = self._row(self.matter)
        self._contact_row = self._row(self.phone, self.person)
        self._party_row = self._row(self.party, self.category, self.waiting, self.callback)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        self._column.setSpacing(GAP_SMALL + 2)
        for row in (
            self.heading,
            self.general,
            self._matter_row,
            self._contact_row,
            self._row(self.organisation),
            self.known,
            self._party_row,
            self._row(self.act),
            self._row(self.department),
            self.where,
            self._row(self.outcome),
            self.card,
        ):
            self._column.addWidget(row)
        self._column.addStretch(1)
        self.align()

    def _row(self, *fields: Field) -> QWidget:
        row = QWidget(self)
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_SMALL + 2)
        for at, field in enumerate(fields):
            grid.addWidget(field, 0, at * 2 + 1)
            if isinstance(field, (NumberBox, MomentBox)):  # too narrow for a sentence
                field.say_below(grid, at + 1)
            if not isinstance(field, (NumberBox, MomentBox, Tick)):
                grid.setColumnStretch(at * 2 + 1, 1)
            if isinstance(field, Tick):
                continue
            label = QLabel(field.label, row)
            label.setBuddy(field.editor)
            self._labels[field.name] = label
            grid.addWidget(label, 0, at * 2)
            if at == 0:
                self._firsts.append(label)
        return row

    @Slot()
    def align(self) -> None:
        """Give the labels at the left one width, in the present font."""
        # What is unfolded later begins at the same edge.
        widest = max(map(self.fontMetrics().horizontalAdvance, (label.text() for label in self._firsts)))
        refer = max(map(self.fontMetrics().horizontalAdvance, refer_labels()))
        width = max(widest, refer) + GAP_SMALL
        for label in self._firsts:
            label.setFixedWidth(width)
        if self.refer is not None:
            self.refer.align(width)
        if self.against is not None:
            self.against.align(width)
        if self.owing is not None:
            self.owing.align(width)
        if self.details is not None:
            self.details.align(width)
        if self.people is not None:
            self.people.setContentsMargins(width + GAP_SMALL + 2, 0, 0, 0)
        self._width = width
        for line in (self.where, self.known):
            line.setContentsMargins(width + GAP, 0, 0, 0)
        self.outcome.measure()
        self._align_category()

    def _align_category(self) -> None:
        # Of a call the category is the first of its row.
        label = self._labels["category"]
        visit = self._kind not in (Kind.CALL_IN, Kind.CALL_OUT)
        label.setMinimumWidth(0 if visit else self._width)
        label.setMaximumWidth(_ANY if visit else self._width)

    def event(self, event: QEvent) -> bool:
        """Tell when the fields need another width: another kind, size, language, or more of them."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return done

    # What is made when it is first wanted.

    def make_details(self) -> Details:
        """The rarely used fields."""
        if self.details is None:
            from ui.today.details import Details

            self.details = Details(self._zone, correcting=self._correcting, parent=self)
            self.details.hide()
            self.details.align(self._width)
            self._column.insertWidget(self._column.indexOf(self.card), self.details)
        return self.details

    def make_refer(self) -> ReferBox:
        """What a referral needs besides."""
        if self.refer is None:
            from ui.today.against import AgainstRow
            from ui.today.due import DueLine
            from ui.today.refer_box import ReferBox

            self.refer = ReferBox(self)
            self.refer.hide()
            self.refer.align(self._width)
            self.refer.passed.connect(self._on_refer_passed)
            self._column.insertWidget(self._column.indexOf(self.where) + 1, self.refer)
            self.due = DueLine(self, self.refer)
            self.against = AgainstRow(self, self.refer)
            self.against.align(self._width)
            row = self.department.parentWidget()
            assert row is not None
            self._column.insertWidget(self._column.indexOf(row), self.against)
        return self.refer

    def make_owing(self) -> CallbackBox:
        """What a call-back that is owed says."""
        if self.owing is None:
            from ui.today.owing import CallbackBox

            self.owing = CallbackBox(self._zone, self)
            self.owing.hide()
            self.owing.align(self._width)
            row = self.act.parentWidget()
            assert row is not None
            self._column.insertWidget(self._column.indexOf(row) + 1, self.owing)
            self.owing.edited.connect(self.more_edited)
            self._chain(self._kind)
        return self.owing

    def make_people(self) -> Representatives:
        """The representatives of a group, a line each."""
        if self.people is None:
            from ui.today.representatives import Representatives

            self.people = Representatives(self)
            self.people.setContentsMargins(self._width + GAP_SMALL + 2, 0, 0, 0)
            self.people.edited.connect(self._on_people)
            self.people.grown.connect(self._on_grown)
            self.people.left.connect(self._on_people_left)
            self.people.hide()
            self._column.insertWidget(self._column.indexOf(self._party_row), self.people)
            self._chain(self._kind)
        return self.people

    def put_people(self, people: tuple[Party, ...]) -> None:
        """Show these representatives; the head count goes on growing with them if it did before."""
        if people or self.people is not None:
            self.make_people().put(people)
        self._grown = self.party.raw if people and self.party.raw == self._heads() else ""

    def put_above(self, widget: QWidget) -> None:
        """Put something above all fields."""
        self._column.insertWidget(self._column.indexOf(self.heading) + 1, widget)

    def after_person(self) -> Field:
        """The field that follows those that say who somebody is."""
        return self.category if self.party.isHidden() else self.party

    # Arranging.

    def suit(self, kind: Kind) -> None:
        """Show what makes sense for a kind, in the order in which it is told."""
        self.heading.setText(f"{_(KINDS[kind])}")
        called = kind in (Kind.CALL_IN, Kind.CALL_OUT)
        self.first = self.phone if called else self.matter
        first = self._contact_row if called else self._matter_row
        place = self._column.indexOf(self.general) + 1
        if self._column.indexOf(first) != place:  # taking them out and in costs more than a key may
            self._column.removeWidget(first)
            self._column.insertWidget(place, first)
        self._show(self.waiting, kind is Kind.VISIT)
        self._show(self.callback, called)
        self._show(self.party, kind in (Kind.VISIT, Kind.URGENT))
        if (kind in CONTACTS) is not (self._kind in CONTACTS):
            self._suit_contact(kind in CONTACTS)
        if kind is not self._offered:  # filling it anew costs as much as a key
            self.category.offer(options(CATEGORIES, categories(kind)))
        self._kind = self._offered = kind
        self._align_category()
        self.arrange()

    def _suit_contact(self, contact: bool) -> None:
        # A paper, a job, a notice is no person: its facts stand in its room, here it is referred.
        self._contact_row.setVisible(contact)
        for field in (self.phone, self.person, self.organisation, self.category):
            self._show(field, contact)
        for act in (Act.ANSWERED, Act.POINTED, Act.PUT_THROUGH):
            self.act.allow(act, contact)

    def arrange(self) -> None:
        """Put the rarely used fields where they belong now, and Tab with them."""
        if self.details is not None:
            self.details.suit(self._kind, self.category.raw)
        self._chain(self._kind)

    def shows(self, name: str) -> bool:
        """Whether a field makes sense now; what stands in a hidden one does not count."""
        if name in self.base:
            return not self.base[name].isHidden()
        for box in (self.refer, self.owing):
            if box is not None and name in box.fields:
                return not box.isHidden()
        return self.details is not None and self.details.shows(name)

    def _show(self, field: Field, shown: bool) -> None:
        field.setVisible(shown)
        if field.name in self._labels:
            self._labels[field.name].setVisible(shown)

    def _chain(self, kind: Kind) -> None:
        for one, next_one in pairwise(self._stops(kind)):
            QWidget.setTabOrder(one, next_one)

    def last_stop(self) -> QWidget:
        """Where Tab leaves the fields."""
        return self._stops(self._kind)[-1]

    def _stops(self, kind: Kind) -> list[QWidget]:
        """What Tab and Enter walk through: the fields as they stand."""
        people = [self.phone, self.person]
        start = [*people, self.matter] if self.first is self.phone else [self.matter, *people]
        stops: list[QWidget] = [field.editor for field in (*start, self.organisation)]
        if self.people is not None:
            stops += self.people.editors()
        after = (self.party, self.category, self.waiting, self.callback)
        stops += [field.editor for field in after]
        stops += self.act.buttons()
        if self.owing is not None:
            stops += self.owing.stops()
        lent = self.against.stops() if self.against is not None else []
        stops += [*lent, self.department.editor]
        if self.refer is not None:
            stops += self.refer.stops()
        stops.append(self.outcome.editor)
        if self.details is not None:
            rest = (field.editor for field in self.details.fields.values())
            stops += [editor for editor in rest if editor not in lent]
        return stops

    def _heads(self) -> str:
        named = self.people.named if self.people is not None else 0
        return str(1 + named) if named else ""

    @Slot()
    def _on_people(self) -> None:
        # Whoever typed the number of people knows better than the lines do.
        if self.party.raw in ("", self._grown):
            self._grown = self._heads()
            self.party.put(self._grown)
        self.more_edited.emit()

    @Slot(object)
    def _on_grown(self, editors: tuple[QWidget, QWidget]) -> None:
        self._chain(self._kind)
        self.line_added.emit(editors)

    @Slot()
    def _on_refer_passed(self) -> None:
        self.outcome.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_people_left(self) -> None:
        self.category.setFocus(Qt.FocusReason.TabFocusReason)


def _plain_label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.hide()
    return label
