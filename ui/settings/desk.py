"""What belongs to this computer only: language, look, size, the desk's code, the register's place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from reception import config
from reception.numbers import DESK_CODE
from reception.wording import N_
from ui import actions
from ui.theme import SCALES, theme
from ui.widgets.buttons import Button
from ui.widgets.files import ask_open
from ui.widgets.form import Form
from ui.wording import _, current

_THEMES = (("system", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark")))


class DeskCard(QFrame):
    """The settings of this installation; what can be seen changes at once."""

    message = Signal(str)
    language_changed = Signal(str)
    appearance_changed = Signal(str, int)
    """Theme (``system``, ``light``, ``dark``) and scale in per cent."""
    place_changed = Signal(str)
    """Path or URL of the register to open instead."""

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._place = place
        self.form = Form(self)
        self.language = QComboBox(self.form)
        self.theme = QComboBox(self.form)
        self.scale = QComboBox(self.form)
        self.code = QLineEdit(self.form)
        self.place = QLineEdit(place, self.form)
        self.choose = Button(_("Choose…"), self.form)
        self.use_code = Button(_("Apply"), self.form)
        self.use_place = Button(_("Open it"), self.form)
        self._fill()
        self._lay_out()
        self.refresh()
        self.language.activated.connect(self._on_language)
        self.theme.activated.connect(self._on_look)
        self.scale.activated.connect(self._on_look)
        self.code.textChanged.connect(self._on_typed)
        self.place.textChanged.connect(self._on_typed)
        self.code.returnPressed.connect(self._use_code)
        self.place.returnPressed.connect(self._use_place)
        self.use_code.clicked.connect(self._use_code)
        self.use_place.clicked.connect(self._use_place)
        self.choose.clicked.connect(self._choose)
        for button, key in ((self.use_code, "code"), (self.use_place, "place"), (self.choose, "choose")):
            actions.press(button, f"settings.{key}")

    def show_usual_place(self, place: str) -> None:
        """Tell where the register lies while no place is given."""
        self.place.setPlaceholderText(place)

    def refresh(self) -> None:
        """Show what is kept now: Ctrl+plus may have changed the size meanwhile."""
        kept = config.load()
        self.language.setCurrentIndex(self.language.findData(current().language))
        self.theme.setCurrentIndex(self.theme.findData(kept.theme))
        self.scale.setCurrentIndex(self.scale.findData(theme().scale))
        if not self.code.isModified():
            self.code.setText(kept.desk)
        self._on_typed()

    def _fill(self) -> None:
        self.language.addItem("中文", "zh_CN")
        self.language.addItem("English", "en")
        for name, title in _THEMES:
            self.theme.addItem(_(title), name)
        for scale in SCALES:
            self.scale.addItem(f"{scale} %", scale)

    def _lay_out(self) -> None:
        title = QLabel(_("This computer"), self)
        title.setProperty("role", "title")
        self.form.add("language", _("Language of the window"), self.language)
        self.form.add("theme", _("Colours"), self.theme)
        self.form.add("scale", _("Size (Ctrl+plus, Ctrl+minus)"), self.scale)
        self.form.add(
            "desk",
            _("Code of this desk"),
            self.code,
            _("Only where several desks share a register, such as B: 20261122-B-001. From the next start."),
            beside=(self.use_code,),
        )
        self.form.add(
            "place",
            _("Register"),
            self.place,
            _("A file, or the address of a server: postgresql://…"),
            beside=(self.choose, self.use_place),
        )
        column = QVBoxLayout(self)
        column.addWidget(title)
        column.addWidget(self.form)

    @Slot()
    def _on_typed(self) -> None:
        self.use_code.setEnabled(self.code.text().strip().upper() != config.load().desk)
        self.use_place.setEnabled(
            bool(self.place.text().strip()) and self.place.text().strip() != self._place
        )

    @Slot()
    def _on_language(self) -> None:
        language = str(self.language.currentData())
        if self._keep(language=language) and language != current().language:
            self.language_changed.emit(language)

    @Slot()
    def _on_look(self) -> None:
        name, scale = str(self.theme.currentData()), int(self.scale.currentData())
        if self._keep(theme=name, scale=scale):
            self.appearance_changed.emit(name, scale)

    @Slot()
    def _use_code(self) -> None:
        code = self.code.text().strip().upper()
        self.form.clear()
        if code and not DESK_CODE.match(code):
            self.form.wrong("desk", _("A desk's code is 1 to 8 capital letters or digits, such as B."))
            return
        if self._keep(desk=code):
            self.code.setText(code)
            self.code.setModified(False)
            self._on_typed()
            self.message.emit(_("The desk's code holds from the next start of the program on."))

    @Slot()
    def _use_place(self) -> None:
        place = self.place.text().strip()
        self.form.clear()
        if place and self._keep(place=place):
            self._place = place
            self._on_typed()
            self.place_changed.emit(place)

    @Slot()
    def _choose(self) -> None:
        here = Path(self.place.text()).parent
        kinds = _("Registers (*.sqlite)") + ";;" + _("All files (*)")
        chosen = ask_open(self, _("Choose a register"), here if here.is_dir() else Path.home(), kinds)
        if chosen is not None:
            self.place.setText(str(chosen))

    def _keep(self, **values: Any) -> bool:
        try:
            config.change(**values)
        except OSError as error:
            words = _("The settings of this computer cannot be written ({reason}).")
            self.message.emit(words.format(reason=error.strerror or str(error)))
            return False
        return True
