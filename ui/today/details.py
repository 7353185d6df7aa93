"""The rarely used fields, folded behind F6: made when first wanted, shown as far as they make sense."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from reception.facts import AGAINST, CONTACTS, Category, Kind
from reception.words import SEXES, SOURCES, VISITS
from ui.theme import GAP_SMALL
from ui.today.fields import ChoiceBox, Field, MomentBox, NumberBox, Pick, TextBox, Tick, options
from ui.widgets.choice_field import Choice
from ui.widgets.texts import LONG
from ui.wording import _
from ui.words import URGENCIES

_VISIT_ONLY = frozenset({"seen_at", "left_at", "plate"})
_CALL_ONLY = frozenset({"read_back"})
_OF_ALL = frozenset({"request", "urgency", "received_at"})
"""What makes sense of a paper, a job, a notice, an urgent event too."""
_WIDE = frozenset({"request", "complained_about", "concerned_id", "identity_protected"})
_ACCUSING = frozenset({"complained_about", "concerned_id", "people_concerned", "amount", "since", "evidence"})
_IDENTITY = ("身份证", "identity card", "id card")
"""What the clerk calls the document of which the number has a check digit; any other has none."""
ASKING_MORE = (*AGAINST, Category.PETITION)
"""Categories of which more is asked than of others."""


class Details(QWidget):
    """Two columns of fields, and the complaint's own.

    Args:
        zone: tells the site's zone.
        correcting: whether an entry is corrected (then it cannot become one that was entered later).
        parent: the usual one.
    """

    edited = Signal()

    def __init__(
        self, zone: Callable[[], ZoneInfo], *, correcting: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        yes_no = [(True, _("Yes")), (False, _("No"))]
        fields: tuple[Field, ...] = (
            TextBox("request", _("Request"), limit=LONG, lines=2),
            Pick("sex", _("Sex"), options(SEXES)),
            Pick("urgency", _("Urgency"), options(URGENCIES)[1:]),
            Pick("source", _("Came by"), options(SOURCES)),
            TextBox("source_number", _("Number there")),
            TextBox("document_type", _("Document")),
            TextBox("document_number", _("Its number")),
            TextBox("wanted", _("Looks for")),
            TextBox("papers", _("Papers handed in")),
            TextBox("complained_about", _("Against whom")),
            ChoiceBox("concerned_id", _("Department concerned"), free=False),
            NumberBox("people_concerned", _("People concerned"), absent=None),
            TextBox("amount", _("Amount")),
            TextBox("since", _("Since when")),
            Pick("evidence", _("Evidence"), yes_no),
            Pick("visits", _("First or repeat"), options(VISITS)),
            Pick("read_back", _("Read back"), yes_no),
            MomentBox("received_at", _("Received at"), zone),
            Tick("late", _("Entered later")),
            MomentBox("seen_at", _("Went in at"), zone),
            MomentBox("left_at", _("Left at"), zone),
            TextBox("plate", _("Plate")),
            Tick("identity_protected", _("Do not disclose the identity")),
        )
        self._correcting = correcting
        self._lent = ""
        self._labels: dict[str, QLabel] = {}
        self.fields: dict[str, Field] = {field.name: field for field in fields}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP_SMALL + 2)
        self._grid.setVerticalSpacing(GAP_SMALL)
        for column in (1, 3):
            self._grid.setColumnStretch(column, 1)
        for field in fields:
            self._add(field)
        self.fields["received_at"].edited.connect(self._on_received)
        for name in ("document_type", "document_number"):
            self.fields[name].edited.connect(self._on_document)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)

    def suit(self, kind: Kind, category: Category | None) -> None:
        """Show what makes sense for this kind and category, two fields abreast."""
        accusing = category in AGAINST
        self._labels["request"].setText(_("Words as said") if kind is Kind.JOB else _("Request"))
        place = 0
        for name, field in self.fields.items():
            shown = not (
                (name in _VISIT_ONLY and kind is not Kind.VISIT)
                or (name in _CALL_ONLY and kind not in (Kind.CALL_IN, Kind.CALL_OUT, Kind.JOB))
                or (name not in _OF_ALL | _CALL_ONLY and kind not in CONTACTS)
                or (name in _ACCUSING and not accusing)
                or (name == "visits" and category is not Category.PETITION)
                or (name == "late" and self._correcting)
            )
            field.setVisible(shown)
            here = shown and name != self._lent
            if name in self._labels:
                self._labels[name].setVisible(here)
            if here:
                place = self._put(field, place)

    def offer(self, choices: Sequence[Choice]) -> None:
        """The departments that a complaint, a report or an accusation may be about."""
        concerned = self.fields["concerned_id"]
        assert isinstance(concerned, ChoiceBox)
        concerned.offer(choices)

    def lend(self, name: str) -> Field:
        """Let a field stand elsewhere in the form; `take_back` ends it. What it means stays what it is."""
        self._lent = name
        self._grid.removeWidget(self.fields[name])
        return self.fields[name]

    def take_back(self) -> None:
        """The field that was lent stands here again, once `suit` has put it."""
        field, self._lent = self.fields[self._lent], ""
        field.setParent(self)

    def align(self, width: int) -> None:
        """Let the fields begin where the form's do, if the labels leave room."""
        self._grid.setColumnMinimumWidth(0, width)

    def shows(self, name: str) -> bool:
        """Whether a field makes sense now; what stands in a hidden one does not count."""
        return not self.fields[name].isHidden()

    @Slot()
    def _on_received(self) -> None:
        # Whoever writes another time enters it later, from a note.
        self.fields["late"].put(self.fields["received_at"].typed)

    @Slot()
    def _on_document(self) -> None:
        """Warn of an identity card's number that cannot be one; it is kept as it is typed."""
        from reception.text import fold, id_number_warning

        number, kind = self.fields["document_number"], fold(self.fields["document_type"].raw)
        doubtful = any(word in kind for word in _IDENTITY) and id_number_warning(number.raw)
        words = _("A digit of this number is wrong. It is kept as it is typed.") if doubtful else ""
        number.say(words, role="care")

    def _add(self, field: Field) -> None:
        field.setParent(self)
        field.edited.connect(self.edited)
        if not isinstance(field, Tick):
            label = QLabel(field.label, self)
            label.setBuddy(field.editor)
            self._labels[field.name] = label

    def _put(self, field: Field, place: int) -> int:
        """Put a field at the next free half row; returns the place after it."""
        wide = field.name in _WIDE
        place += place % 2 if wide else 0
        row, column = place // 2, place % 2 * 2
        if field.name in self._labels:
            self._grid.addWidget(self._labels[field.name], row, column)
            self._grid.addWidget(field, row, column + 1, 1, 3 if wide else 1)
        else:
            self._grid.addWidget(field, row, column, 1, 4 if wide else 2)
        return place + (2 if wide else 1)
