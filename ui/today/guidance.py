"""What the form tells while it is filled in: the card of the matter, where the department is to be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from reception.facts import Catalogue, MatterFact
from ui.today.card import whereabouts

if TYPE_CHECKING:
    from ui.today.body import FormBody


class Guidance(QObject):
    """Follows the matter and the department of a form, also those that are only proposed yet."""

    def __init__(self, body: FormBody) -> None:
        super().__init__(body)
        self._body = body
        self.catalogue: Catalogue | None = None
        """What is known of matters and departments."""
        self.day = 0
        """The site's present day (``YYYYMMDD``): who is away is away on it."""
        body.matter.editor.previewed.connect(self._on_matter)
        body.department.chosen.connect(self._on_department)
        body.department.editor.previewed.connect(self._on_department)

    def matter(self, number: int | None) -> MatterFact | None:
        """What the catalogue knows of a matter."""
        matters = self.catalogue.matters if self.catalogue is not None else ()
        return next((one for one in matters if one.id == number), None)

    def follow(self) -> None:
        """Tell of what is chosen now."""
        self._on_matter(self._body.matter.editor.chosen)
        self.tell_department()

    def tell_department(self) -> None:
        """Tell of the department that is chosen now: where it is, and who stands in."""
        self._on_department(self._body.department.editor.chosen)

    @Slot(object)
    def _on_matter(self, number: int | None) -> None:
        self._body.card.show_matter(self.matter(number), self.catalogue)

    @Slot(object)
    def _on_department(self, number: int | None) -> None:
        words = self._whereabouts(number)
        self._body.where.setText(words)
        self._body.where.setVisible(bool(words))
        if self._body.refer is not None:
            self._body.refer.offer_officer(self._officer(number))

    def _officer(self, number: int | None) -> str:
        """Who has the department's work today, by name; "" where the site names nobody."""
        catalogue = self.catalogue
        if catalogue is None or number is None:
            return ""
        from reception import officers  # not before the first paint

        found = (one for one in catalogue.departments if one.id == number)
        return next((officers.of(one, catalogue.absences, self.day).name for one in found), "")

    def _whereabouts(self, number: int | None) -> str:
        catalogue = self.catalogue
        departments = catalogue.departments if catalogue is not None else ()
        department = next((one for one in departments if one.id == number), None)
        if catalogue is None or department is None:
            return ""
        words = whereabouts(department)
        if not catalogue.absences:
            return words
        from ui.today import standing_in  # not before the first paint

        return "\n".join(line for line in (words, standing_in.said(department, catalogue, self.day)) if line)
