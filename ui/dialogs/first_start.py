"""The one short dialog of the first start: who works here, in which language, from which template."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reception.wording import N_, load
from ui import wording
from ui.announcing import announce
from ui.theme import GAP, theme
from ui.widgets.returning import ReturningDialog
from ui.widgets.texts import is_enter

TEMPLATES = (
    ("hrss", N_("Human resources and social security bureau (人社局)")),
    ("office", N_("Any other office")),
)
_NAMES = {"hrss": N_("Human Resources and Social Security Bureau"), "office": N_("Office")}
_ZONES = {
    "hrss": N_("Times are those of China (Asia/Shanghai)."),
    "office": N_("Times are those of this computer's time zone."),
}


@dataclass(frozen=True, slots=True)
class FirstStartAnswer:
    """What was chosen."""

    site_name: str
    template: str
    language: str
    operator: str


class FirstStart(ReturningDialog):
    """Asked once, before the first register is made. It speaks the language that is chosen in it."""

    def __init__(self, parent: QWidget | None, language: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._template_touched = self._asked = False
        self._answer: FirstStartAnswer | None = None
        self.site = QLineEdit(self)
        self.template = QComboBox(self)
        for name, _title in TEMPLATES:
            self.template.addItem("", name)
        self.language = QComboBox(self)
        self.language.addItem("中文", "zh_CN")
        self.language.addItem("English", "en")
        self.language.setCurrentIndex(self.language.findData(language))
        self.operator = QLineEdit(self)
        self.begin = QPushButton(self)
        self.begin.setProperty("kind", "primary")
        self.begin.setDefault(True)
        self.leave = QPushButton(self)
        self.leave.setAutoDefault(False)
        self._lay_out()
        self._choose_template()
        self._reword()
        self.language.currentIndexChanged.connect(self._on_language)
        self.template.activated.connect(self._on_template)
        self.template.currentIndexChanged.connect(self._reword)
        self.begin.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.begin.click)
        self.site.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, language: str) -> FirstStartAnswer | None:
        """Ask, beginning with ``language`` (``zh_CN`` or ``en``); None when the user leaves."""
        dialog = cls(parent, language)
        dialog.exec()
        return dialog.answer

    @property
    def answer(self) -> FirstStartAnswer | None:
        """What was chosen, once it was."""
        return self._answer

    def accept(self) -> None:
        """Keep what stands in the fields: they are gone when the dialog is. Both names have to be told."""
        self._asked = True
        self._tell()
        lacking = next((field for field in (self.site, self.operator) if not field.text().strip()), None)
        if lacking is not None:
            lacking.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(lacking, self._lacks[lacking].text())
            return
        self._answer = FirstStartAnswer(
            site_name=self.site.text().strip(),
            template=str(self.template.currentData()),
            language=str(self.language.currentData()),
            operator=self.operator.text().strip(),
        )
        super().accept()

    def reject(self) -> None:
        """Quit, Escape and the window's cross: what was typed is asked about, in the language chosen here."""
        if self.site.text().strip() or self.operator.text().strip():
            from ui.dialogs.leave import LeaveDialog

            before = wording.current().language
            wording.use(str(self.language.currentData()))
            try:
                if not LeaveDialog.ask(self, 0):
                    return
            finally:
                wording.use(before)
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on from field to field; after the last one it begins."""
        if is_enter(event) and self.focusWidget() in (self.site, self.template, self.language):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._zone = QLabel(self)
        self._zone.setProperty("role", "small")
        self._zone.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(GAP)
        self._labels: dict[QWidget, QLabel] = {}
        self._lacks: dict[QLineEdit, QLabel] = {}
        for field in (self.site, self.template, self.language, self.operator):
            label = QLabel(self)
            label.setBuddy(field)
            self._labels[field] = label
            column.addWidget(label)
            column.addWidget(field)
        for name in (self.site, self.operator):
            lacks = self._lacks[name] = QLabel(self)
            lacks.setProperty("role", "wrong")
            lacks.setWordWrap(True)
            lacks.hide()
            column.insertWidget(column.indexOf(name) + 1, lacks)
            name.textChanged.connect(self._tell)
        column.insertWidget(column.indexOf(self.template) + 1, self._zone)
        column.addSpacing(GAP)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.begin)
        buttons.addWidget(self.leave)
        column.addLayout(buttons)
        self.setMinimumWidth(theme().px(520))

    @Slot()
    def _tell(self) -> None:
        """Say what is still lacking, once the clerk wanted to begin without it."""
        for field, words in self._lacks.items():
            lacking = self._asked and not field.text().strip()
            words.setVisible(lacking)
            field.setAccessibleDescription(words.text() if lacking else "")

    def _choose_template(self) -> None:
        if not self._template_touched:
            self.template.setCurrentIndex(0 if self.language.currentData() == "zh_CN" else 1)

    @Slot()
    def _on_language(self) -> None:
        self._choose_template()
        self._reword()

    @Slot()
    def _on_template(self) -> None:
        self._template_touched = True

    @Slot()
    def _reword(self) -> None:
        # The window has no language yet: this dialog chooses it, so it does not speak through ui.wording.
        _ = load(str(self.language.currentData())).gettext
        template = str(self.template.currentData())
        self.setWindowTitle(_("Reception desk"))
        self._title.setText(_("A new reception desk"))
        self._words.setText(
            _("Four short questions, then the desk is ready. All but the time zone can be changed later.")
        )
        for field, title in (
            (self.site, _("Name of the organisation")),
            (self.template, _("Departments and matters to begin with")),
            (self.language, _("Language")),
            (self.operator, _("Your name")),
        ):
            self._labels[field].setText(title)
            field.setAccessibleName(title)
        for at, (_name, title) in enumerate(TEMPLATES):
            self.template.setItemText(at, _(title))
        self.site.setPlaceholderText(_(_NAMES[template]))
        self.operator.setPlaceholderText(_("As it stands on the sheet, such as 王芳"))
        self._lacks[self.site].setText(_("Write the name of the organisation: it stands on every sheet."))
        self._lacks[self.operator].setText(_("Write your name: it stands beside each entry."))
        made_up = _("Rooms and extensions are made up: write your own in the directory before you name them.")
        self._zone.setText(f"{made_up}\n{_(_ZONES[template])}")
        self.begin.setText(_("Begin"))
        self.leave.setText(_("Quit"))
        self.begin.setToolTip(_("Begin") + " (Ctrl+Enter)")
        self.leave.setToolTip(_("Quit") + " (Esc)")
