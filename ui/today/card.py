"""The guidance card: where a matter is dealt with, whom to call and which papers to bring."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from reception.facts import Catalogue, DepartmentFact, MatterFact
from ui.theme import GAP, GAP_SMALL
from ui.wording import _

_SOON = 12
"""Milliseconds: the next picture of the window is painted by then."""


def whereabouts(department: DepartmentFact) -> str:
    """Room and phone, as far as they are known: ``305 · 8031``."""
    return " · ".join(word for word in (department.room, department.phone) if word)


class GuidanceCard(QFrame):
    """Shows one matter; hidden while there is nothing to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(_("Guidance card"))
        self._wish: tuple[MatterFact | None, Catalogue | None] | None = None
        self._shown: tuple[MatterFact | None, Catalogue | None] = (None, None)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._follow)
        self._rows: dict[str, tuple[QLabel, QLabel]] = {}
        self.hide()

    def _make(self) -> None:
        """Make the lines when there is first something to tell: the window is painted without them."""
        self._title = QLabel(self)
        self._title.setProperty("role", "heading")
        self._where = QLabel(self)
        for label in (self._title, self._where):
            _prepare(label)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._title, 0, 0, 1, 2)
        self._grid.addWidget(self._where, 1, 0, 1, 2)
        for at, (name, title) in enumerate(
            (
                ("materials", _("Bring")),
                ("limit", _("Limit")),
                ("basis", _("Basis")),
                ("note", _("Note")),
            ),
            start=2,
        ):
            label, text = QLabel(title, self), QLabel(self)
            label.setProperty("role", "small")
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            _prepare(text)
            self._grid.addWidget(label, at, 0)
            self._grid.addWidget(text, at, 1)
            self._rows[name] = (label, text)

    def sizeHint(self) -> QSize:
        """As high as the wrapped text is at the present width."""
        hint = super().sizeHint()
        return QSize(
            hint.width(), self.heightForWidth(self.width()) if self.hasHeightForWidth() else hint.height()
        )

    def show_matter(self, matter: MatterFact | None, catalogue: Catalogue | None) -> None:
        """Tell what the catalogue knows of ``matter``; None hides the card.

        It follows after the letter that was typed has been painted: another height of the card arranges the
        whole form anew, which takes longer than anything else a key does.
        """
        self._wish = (matter, catalogue)
        self._soon.start()

    @Slot()
    def _follow(self) -> None:
        self._soon.stop()
        wish, self._wish = self._wish, None
        if wish is None or wish == self._shown:
            return
        self._shown = matter, catalogue = wish
        if matter is None or catalogue is None:
            self.hide()
            return
        if not self._rows:
            self._make()
        # Each line that comes or goes would arrange the card and the whole form anew.
        self._grid.setEnabled(False)
        self._fill(matter, catalogue)
        self._grid.setEnabled(True)
        self._grid.invalidate()
        self.updateGeometry()
        self.show()

    def _fill(self, matter: MatterFact, catalogue: Catalogue) -> None:
        department = next((one for one in catalogue.departments if one.id == matter.department_id), None)
        self._title.setText(matter.name)
        self._where.setText(_where(department))
        self._where.setVisible(department is not None)
        for name, (label, text) in self._rows.items():
            words = getattr(matter, name)
            if name == "materials":
                words = "；".join(words.split("\n")) if _is_chinese(words) else "; ".join(words.split("\n"))
            text.setText(words)
            label.setVisible(bool(words))
            text.setVisible(bool(words))

    @property
    def said(self) -> str:
        """All that the card tells now, for accessibility and tests; "" while it is hidden."""
        self._follow()
        if self.isHidden():
            return ""
        labels = [self._title, self._where, *(text for _label, text in self._rows.values())]
        return "\n".join(label.text() for label in labels if not label.isHidden() and label.text())


def _where(department: DepartmentFact | None) -> str:
    if department is None:
        return ""
    words = [department.name, whereabouts(department)]
    if department.outside:
        words.insert(0, _("Not ours, point to:"))
    officers = " / ".join(name for name in (department.officer_a, department.officer_b) if name)
    return "  ".join(word for word in (*words, officers) if word)


def _prepare(label: QLabel) -> None:
    label.setTextFormat(Qt.TextFormat.PlainText)  # typed by people: markup stays text
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
