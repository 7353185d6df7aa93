"""The settings of the site's paper: what holds for all forms, and what for one of them."""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from reception import papers
from reception.errors import DeskError
from reception.facts import Site
from reception.paper import forms
from reception.wording import load
from ui.settings.card import OwnEditor, SettingsCard
from ui.settings.column_table import ColumnTable
from ui.widgets.buttons import Button
from ui.widgets.files import ask_open
from ui.wording import _, current
from ui.work import Lanes


class LogoEditor(OwnEditor):
    """Which picture stands on the paper; the register keeps it as soon as it is chosen."""

    refused = Signal(object)

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._digest = ""
        self.said = QLabel(self)
        self.choose = Button(_("Choose a picture…"), self)
        self.drop = Button(_("None"), self)
        self.setFocusProxy(self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choose)
        row.addWidget(self.drop)
        row.addWidget(self.said, 1)
        self.choose.clicked.connect(self._on_choose)
        self.drop.clicked.connect(self._on_drop)
        self.put("")

    def value(self) -> str:
        """The picture's digest."""
        return self._digest

    def put(self, value: str) -> None:
        """Show whether there is one."""
        self._digest = value
        self.said.setText(_("There is a picture.") if value else "")
        self.drop.setEnabled(bool(value))
        self.edited.emit()

    @Slot()
    def _on_choose(self) -> None:
        path = ask_open(self, _("A picture for the paper"), Path.home(), _("Pictures (*.png *.jpg *.jpeg)"))
        if path is not None:
            task = self._lanes.write("reception.paper.logos.keep_file", str(path), uid=uuid.uuid4())
            task.done.connect(self._on_kept)
            task.failed.connect(self.refused)

    @Slot(object)
    def _on_kept(self, digest: str) -> None:
        self.put(digest)

    @Slot()
    def _on_drop(self) -> None:
        self.put("")
        self.choose.setFocus()


class AllFormsCard(SettingsCard):
    """Letterhead, logo, sheet and margins."""

    typed = Signal()

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("All forms (all desks)"), parent)
        self.letterhead = self.line(papers.key("letterhead"), _("Letterhead"), _("Above the title."))
        self.logo = LogoEditor(lanes, self.form)
        self.own(papers.key("logo"), _("Logo"), self.logo)
        self.paper = self.choice(papers.key("size"), _("Paper"), _sizes(headed=True))
        self.margins = self.line(
            papers.key("margins"),
            _("Margins in mm"),
            _("One number, or four: top, right, bottom, left."),
        )
        self.logo.refused.connect(self._on_refused)

    def typed_changed(self) -> None:
        """The sample follows what is typed."""
        self.typed.emit()

    def typed_values(self) -> dict[str, str]:
        """All its settings as they stand there now."""
        return self._typed()

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self.form.wrong(papers.key("logo"), error.say(_))


class FormCard(SettingsCard):
    """What one form looks like, where it is to differ from what it has by itself."""

    typed = Signal()

    def __init__(self, lanes: Lanes, name: str, parent: QWidget | None = None) -> None:
        form, words = forms.get(name).FORM, current()
        super().__init__(lanes, words.pgettext("paper", form.title), parent)
        self.name = name
        self._signatures = form.signatures

        def key(part: str) -> str:
            return papers.key(part, name)

        self.paper = self.choice(key("size"), _("Paper"), _sizes(headed=form.headed))
        self.turned = self.margins = None
        if form.headed:
            self.turned = self.choice(
                key("turned"),
                _("Way round"),
                ((_("As the form has it"), ""), (_("On its side"), "yes"), (_("Upright"), "no")),
            )
            self.margins = self.line(key("margins"), _("Margins in mm"), _("Empty: as for all forms."))
        self.columns: ColumnTable | None = None
        if form.columns:
            titles = [(one.key, words.pgettext("paper", one.title), one.shown) for one in form.columns]
            self.columns = ColumnTable(titles, self.form)
            self.own(
                key("columns"),
                _("Columns"),
                self.columns,
                _("Space ticks, Ctrl+Up and Ctrl+Down move; without a width a column takes what it needs."),
            )
            self.rows = self.line(key("rows"), _("Blank rows"), _("For handwriting, below the last line."))
        if form.headed:
            self.signatures = self.line(
                key("signatures"), _("Who signs"), _("With | between them, or - for nobody.")
            )

    def can_be_saved(self) -> bool:
        """Whether the widths can be read; said in the words of the table otherwise."""
        if self.columns is None or papers.is_right("columns", self.columns.value()):
            return True
        least, most = papers.COLUMN
        words = _("A width is a number of millimetres from {least} to {most}, or nothing.")
        self.form.wrong(papers.key("columns", self.name), words.format(least=f"{least:g}", most=f"{most:g}"))
        return False

    def put(self, site: Site) -> None:
        """Show what the register has now; what is being typed stays."""
        if self._signatures:
            paper = load(site.language)
            own = " | ".join(paper.pgettext("paper", one) for one in self._signatures)
            self.signatures.setPlaceholderText(own)
        super().put(site)

    def typed_changed(self) -> None:
        """The sample follows what is typed."""
        self.typed.emit()

    def typed_values(self) -> dict[str, str]:
        """All its settings as they stand there now."""
        return self._typed()


def _sizes(*, headed: bool) -> tuple[tuple[str, str], ...]:
    words = {
        "label-100x60": _("Label 100 × 60 mm"),
        "roll-80": _("Roll 80 mm"),
        "roll-58": _("Roll 58 mm"),
    }
    known = [name for name in papers.PAPERS if (name in papers.SHEETS) == headed]
    return ((_("As the form has it"), ""), *((words.get(name, name), name) for name in known))
