"""Whom a complaint is about, asked above the field of who gets it; and a word where the two look the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from reception.facts import AGAINST, Catalogue, DepartmentFact
from reception.text.naming import named
from ui.announcing import announce
from ui.theme import GAP_SMALL
from ui.wording import _

if TYPE_CHECKING:
    from ui.today.body import FormBody
    from ui.today.refer_box import ReferBox

_FIELD = "concerned_id"
_TOLD = ("request", "complained_about")
"""Where a clerk may write whom it is about, besides the matter."""


class AgainstRow(QWidget):
    """Borrows the field from the rarely used ones while a complaint is being referred.

    Args:
        body: the form's fields.
        box: those of the referral.
    """

    def __init__(self, body: FormBody, box: ReferBox) -> None:
        super().__init__(body)
        self._body = body
        self._box = box
        self._catalogue: Catalogue | None = None
        self._lent = self._watched = False
        self.words = QLabel(_("Department concerned"), self)
        self.words.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_SMALL + 2)
        self._row.addWidget(self.words)
        self.hide()
        box.turned.connect(self.follow)
        body.category.edited.connect(self.follow)
        body.department.chosen.connect(self.look)
        body.matter.edited.connect(self.look)

    @property
    def lent(self) -> bool:
        """Whether the field stands here."""
        return self._lent

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """The site's departments."""
        self._catalogue = catalogue
        self.follow()

    def align(self, width: int) -> None:
        """Let the field begin where the form's do."""
        self.words.setFixedWidth(width)

    def stops(self) -> list[QWidget]:
        """What Tab walks through here."""
        details = self._body.details
        return [details.fields[_FIELD].editor] if self._lent and details is not None else []

    @Slot()
    def follow(self) -> None:
        """The field stands here while a complaint is being referred, and among the others else."""
        details = self._body.details
        if details is None:
            return
        self._watch()
        wanted = not self._box.isHidden() and self._body.category.raw in AGAINST
        if wanted != self._lent:
            self._lent = wanted
            focused = details.fields[_FIELD].editor.hasFocus()
            if wanted:
                field = details.lend(_FIELD)
                self._row.addWidget(field, 1)
                self.words.setBuddy(field.editor)
            else:
                details.take_back()
            self.setVisible(wanted)
            self._body.arrange()
            if focused:
                details.fields[_FIELD].setFocus(Qt.FocusReason.OtherFocusReason)
        self.look()

    @Slot()
    def look(self) -> None:
        """Say it where the department chosen is the one that the words are about."""
        one = self._department()
        found = named(self._words(), _names(one)) if self._lent and one is not None else None
        if found is None or one is None:
            self._box.doubt("")
            return
        said = _("{found} looks like whom this is about, and it would go to {name}. Send it elsewhere?")
        sentence = said.format(found=found, name=one.name)
        if self._box.doubt(sentence):
            announce(self._body.department.editor, sentence)

    def _department(self) -> DepartmentFact | None:
        number = self._body.department.editor.chosen
        known = self._catalogue.departments if self._catalogue is not None else ()
        return next((one for one in known if one.id == number), None)

    def _words(self) -> str:
        details = self._body.details
        more = [details.fields[name].raw for name in _TOLD] if details is not None else []
        return "\n".join((self._body.matter.raw[1], *more))

    def _watch(self) -> None:
        """The rarely used fields are made later than this row."""
        if not self._watched and self._body.details is not None:
            self._watched = True
            for name in _TOLD:
                self._body.details.fields[name].edited.connect(self.look)


def _names(one: DepartmentFact) -> tuple[str, ...]:
    return (one.name, one.code, one.officer_a, one.officer_b, one.leader)
