"""Colours, spacing and type sizes in one place, light and dark; everything else refers to them by name.

Colours keep a contrast of at least 4.5 : 1 against the surface they stand on (WCAG 2.2, 1.4.3); sizes are
logical pixels at 100 %, multiplied by the scale that Ctrl+plus and Ctrl+minus set.
"""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

import resources
from reception.shapes import dataclass
from ui.wording import current

SCALES = (80, 90, 100, 110, 125, 140, 160, 180, 200)
"""The steps of Ctrl+plus and Ctrl+minus in per cent."""

FONT = 14
FONT_SMALL = 12
FONT_LARGE = 17
FONT_NUMBER = 24
"""A number that is dialled while it is read."""
GAP = 8
GAP_SMALL = 4
ROW = 26
FIELD = 30
ICON = 18


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme by what they are for."""

    window: str
    surface: str
    stripe: str
    text: str
    muted: str
    line: str
    field_line: str
    accent: str
    on_accent: str
    selection: str
    alarm: str
    alarm_surface: str
    care: str
    care_surface: str
    good: str
    good_surface: str


LIGHT = Tokens(
    window="#f3f4f6",
    surface="#ffffff",
    stripe="#f8fafc",
    text="#16202c",
    muted="#52606f",
    line="#d5dbe3",
    field_line="#8a97a6",
    accent="#1d5fae",
    on_accent="#ffffff",
    selection="#d6e6f8",
    alarm="#b3261e",
    alarm_surface="#fdeceb",
    care="#8a5300",
    care_surface="#fdf3e0",
    good="#1d6b3a",
    good_surface="#e6f4ea",
)
DARK = Tokens(
    window="#1b1f24",
    surface="#23282f",
    stripe="#272d35",
    text="#e8ecf1",
    muted="#a9b4c0",
    line="#3a424d",
    field_line="#6d7986",
    accent="#7db4f2",
    on_accent="#0d1b2a",
    selection="#2f4a68",
    alarm="#ff9c94",
    alarm_surface="#43231f",
    care="#f0b95e",
    care_surface="#3d3018",
    good="#84d29b",
    good_surface="#1f3a28",
)

_STYLE = """
QToolTip {{ color: {text}; background: {surface}; border: 1px solid {line}; padding: {gap_small}px; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateTimeEdit, QTimeEdit, QDateEdit {{
    background: {surface}; color: {text}; border: 1px solid {field_line}; border-radius: 3px;
    padding: 2px 6px; selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit, QComboBox, QSpinBox, QDateTimeEdit, QTimeEdit, QDateEdit {{ min-height: {field_inner}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus, QTimeEdit:focus,
QDateEdit:focus {{ border: 2px solid {accent}; padding: 1px 5px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"], QSpinBox[wrong="true"],
QDateTimeEdit[wrong="true"], QTimeEdit[wrong="true"] {{ border: 2px solid {alarm}; padding: 1px 5px; }}
QPushButton, QToolButton[kind="button"] {{
    background: {surface}; color: {text}; border: 1px solid {field_line}; border-radius: 3px;
    padding: 3px {gap}px; min-height: {field_inner}px; }}
QPushButton:hover, QToolButton[kind="button"]:hover {{ background: {selection}; }}
QPushButton:focus, QToolButton[kind="button"]:focus {{
    border: 2px solid {accent}; padding: 2px {gap_less}px; }}
QPushButton:checked, QToolButton[kind="button"]:checked {{
    background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: bold; }}
QPushButton:checked:focus {{ border: 2px solid {text}; }}
QPushButton[kind="primary"] {{
    background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: bold; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton:disabled, QPushButton[kind="primary"]:disabled, QToolButton[kind="button"]:disabled {{
    background: {window}; color: {muted}; border-color: {line}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: 0; width: {icon}px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{
    image: url("{arrow}"); width: {arrow_size}px; height: {arrow_size}px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: 0; width: {icon}px; }}
QSpinBox::up-arrow {{ image: url("{arrow_up}"); width: {arrow_size}px; height: {arrow_size}px; }}
QSpinBox::down-arrow {{ image: url("{arrow}"); width: {arrow_size}px; height: {arrow_size}px; }}
QLabel[role="title"] {{ font-size: {font_large}px; font-weight: bold; }}
QLabel[role="number"] {{ font-size: {font_number}px; font-weight: bold; }}
QLabel[role="heading"] {{ font-weight: bold; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="small"] {{ color: {muted}; font-size: {font_small}px; }}
QLabel[role="wrong"] {{ color: {alarm}; font-size: {font_small}px; }}
QLabel[role="good"] {{ color: {good}; }}
QLabel[role="care"] {{ color: {care}; font-size: {font_small}px; }}
QFrame[role="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: 4px; }}
QFrame[role="bar"] {{ background: {surface}; border: 0; border-bottom: 1px solid {line}; }}
QFrame[role="banner"] {{ background: {alarm_surface}; border: 0; border-bottom: 2px solid {alarm}; }}
QFrame[role="care"] {{ background: {care_surface}; border: 1px solid {care}; border-radius: 4px; }}
QFrame[role="alarm"] {{ background: {alarm_surface}; border: 1px solid {alarm}; border-radius: 4px; }}
QFrame[role="banner"] QLabel {{ color: {text}; }}
QTableView, QListView, QTextBrowser {{
    background: {surface}; alternate-background-color: {stripe}; color: {text}; border: 2px solid {line};
    gridline-color: {line}; selection-background-color: {selection}; selection-color: {text}; }}
QTableView:focus, QListView:focus, QTreeView:focus, QTextBrowser:focus {{
    border-color: {accent}; }}
QListWidget::item {{ padding: 2px 4px; }}
QListWidget::item:selected, QTableWidget::item:selected {{
    background: {selection}; color: {text}; border: 0; }}
QTableWidget::item {{ padding-left: 3px; padding-right: 3px; }}
QTableView[lines="many"]::item {{ padding: 2px 3px; }}
Foot {{ min-height: {foot}px; }}
QComboBox {{ combobox-popup: 0; qproperty-maxVisibleItems: 12; }}
QComboBox QAbstractItemView {{ border: 1px solid {field_line}; }}
QHeaderView::section {{
    background: {window}; color: {muted}; border: 0; border-bottom: 1px solid {line};
    padding: 3px 6px; }}
QToolButton[kind="nav"] {{
    border: 0; border-bottom: 3px solid transparent; padding: 5px 8px; color: {muted}; }}
QToolButton[kind="nav"]:hover {{ background: {selection}; }}
QToolButton[kind="nav"]:checked {{ color: {accent}; border-bottom-color: {accent}; font-weight: bold; }}
QToolButton[kind="nav"]:focus {{ background: {selection}; }}
QToolButton[kind="foot"]:focus {{ border: 2px solid {accent}; border-radius: 3px; }}
QToolButton[kind="counter"] {{ border: 0; padding: 4px; color: {muted}; }}
QToolButton[kind="counter"][alarm="true"] {{ color: {text}; font-weight: bold; }}
QToolButton[kind="counter"]:hover, QToolButton[kind="counter"]:focus {{ background: {selection}; }}
QListView#choices {{ border: 2px solid {accent}; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{
    background: {window}; color: {muted}; border-color: {line}; }}
QCheckBox::indicator, QTableWidget::indicator, QListWidget::indicator {{
    width: {box}px; height: {box}px; border: 1px solid {field_line}; border-radius: 3px;
    background: {surface}; }}
QCheckBox::indicator:checked, QTableWidget::indicator:checked, QListWidget::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QCheckBox::indicator:focus {{ border: 2px solid {text}; }}
QRadioButton::indicator {{
    width: {box}px; height: {box}px; border: 1px solid {field_line}; border-radius: {round}px;
    background: {surface}; }}
QRadioButton::indicator:checked {{
    width: {dot}px; height: {dot}px; border: {ring}px solid {accent}; background: {on_accent}; }}
QRadioButton {{ border: 2px solid transparent; border-radius: 3px; padding: 1px 3px; }}
QRadioButton:focus {{ border-color: {accent}; }}
QTabBar:focus {{ border-bottom: 2px solid {accent}; }}
PageView {{ border: 2px solid {line}; }}
PageView:focus {{ border-color: {accent}; }}
QSplitter::handle {{ background: {window}; }}
QScrollArea {{ border: 0; background: transparent; }}
QScrollArea[role="read"] {{ border: 2px solid transparent; }}
QScrollArea[role="read"]:focus {{ border-color: {accent}; }}
"""


_STYLED = "styled"


def application(name: str) -> QApplication:
    """The application, in the style that the theme needs.

    Qt is told of it as on a command line: ``setStyle`` returns a ``QStyle``, whose many enums cost 15 ms.
    """
    made = QApplication([name, "-style", "fusion"])
    made.setProperty(_STYLED, True)
    return made


_themes: list[Theme] = []
"""The running application's: looking for it among what that owns takes as long as drawing a word."""


class Theme(QObject):
    """Applies the tokens to the application and follows the system from light to dark and back."""

    changed = Signal()
    """Colours or sizes are new: whoever painted with them paints again."""

    def __init__(self, app: QApplication, *, scale: int = 100) -> None:
        super().__init__(app)
        if not _known():
            _themes[:] = [self]
        self._app = app
        self._wish: str | None = None
        self.scale = scale if scale in SCALES else 100
        self.tokens = LIGHT
        if not app.property(_STYLED):
            app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme)
        self._apply()

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.tokens is DARK

    @property
    def pixel_ratio(self) -> float:
        """Pixels of the sharpest screen for one logical pixel."""
        return self._app.devicePixelRatio()

    def prefer(self, scheme: str | None) -> None:
        """``"light"``, ``"dark"``, or None to follow the system."""
        self._wish = scheme
        self._apply()
        self.changed.emit()

    def zoom(self, steps: int) -> int:
        """Make everything larger or smaller by steps (0: back to 100 %); returns the new per cent."""
        index = SCALES.index(self.scale) + steps if steps else SCALES.index(100)
        self.scale = SCALES[max(0, min(index, len(SCALES) - 1))]
        self._apply()
        self.changed.emit()
        return self.scale

    def set_scale(self, scale: int) -> None:
        """Take this scale in per cent; one that is no step of `SCALES` is ignored."""
        if scale in SCALES and scale != self.scale:
            self.scale = scale
            self._apply()
            self.changed.emit()

    def refresh(self) -> None:
        """Apply everything again: the window speaks another language now."""
        self._apply()
        self.changed.emit()

    def px(self, size: int) -> int:
        """A size at 100 % in pixels of the present scale."""
        return max(1, round(size * self.scale / 100))

    def colour(self, name: str) -> QColor:
        """The colour of a token."""
        return QColor(getattr(self.tokens, name))

    @Slot()
    def _on_scheme(self) -> None:
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        wish = self._wish
        if wish is None:
            wish = "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"
        self.tokens = DARK if wish == "dark" else LIGHT
        self._app.setPalette(_palette(self.tokens))
        font = QFont(self._app.font())
        font.setFamilies(_families())
        font.setPixelSize(self.px(FONT))
        if current().language == "en":
            # The Chinese face has quotation marks as wide as a character; between Latin letters they gape.
            font.setFeature(QFont.Tag("pwid"), 1)
        else:
            font.unsetFeature(QFont.Tag("pwid"))
        self._app.setFont(font)
        self._app.setStyleSheet(style_sheet(self.tokens, self.scale))


def style_sheet(tokens: Tokens, scale: int) -> str:
    """The application's style sheet for one scheme and scale (per cent)."""

    def px(size: int) -> int:
        return max(1, round(size * scale / 100))

    return _STYLE.format(
        **{name: getattr(tokens, name) for name in Tokens.__slots__},
        gap=px(GAP),
        gap_less=px(GAP) - 1,
        gap_small=px(GAP_SMALL),
        icon=px(ICON),
        arrow=_picture("combo-arrow"),
        arrow_up=_picture("combo-arrow-up"),
        tick=_picture("tick-on-dark" if tokens is DARK else "tick-on-light"),
        box=px(ICON) - 2,
        round=(px(ICON)) // 2,
        dot=px(ICON) - 10,
        ring=5,
        arrow_size=px(ICON) - 4,
        field_inner=px(FIELD) - 6,
        foot=px(FIELD) + 3,
        font_small=px(FONT_SMALL),
        font_large=px(FONT_LARGE),
        font_number=px(FONT_NUMBER),
    )


def theme() -> Theme:
    """The theme of the running application, made with the defaults if nobody has made one."""
    if _known():
        return _themes[0]
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the theme needs a QApplication")
    return Theme(app)


def _known() -> bool:
    return bool(_themes) and Shiboken.isValid(_themes[0])


@functools.cache
def _picture(name: str) -> str:
    # A style sheet takes no tinted picture: the arrow's grey is seen on light and on dark, ticks come in two.
    return (resources.FOLDER / "icons" / f"{name}.svg").as_posix()


@functools.cache
def _families() -> list[str]:
    # Loading the bundled face costs 10 ms, asking whether the system has a Chinese one costs more.
    bundled = resources.FOLDER / "fonts" / "NotoSansSC-Regular.ttf"
    number = QFontDatabase.addApplicationFont(str(bundled))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return [*families, "Microsoft YaHei UI", "PingFang SC", "sans-serif"]


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "stripe"),
        (role.Text, "text"),
        (role.PlaceholderText, "muted"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Link, "accent"),
        (role.Mid, "line"),
        (role.Dark, "field_line"),
    ):
        palette.setColor(where, QColor(getattr(tokens, name)))
    disabled = QPalette.ColorGroup.Disabled
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, where, QColor(tokens.muted))
    return palette
