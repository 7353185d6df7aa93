"""Where in a form the keyboard is: which field, and where in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from reception.facts import Act

if TYPE_CHECKING:
    from ui.today.body import FormBody
    from ui.today.fields import Field

Cursor = tuple[int, int]
"""Anchor and position, in UTF-16 units as Qt counts."""
Where = tuple[str, Cursor | None]
"""The name of a field, and where in its text."""
NOWHERE: Where = ("", None)


def cursor_of(editor: QWidget) -> Cursor | None:
    """Where the cursor stands and what is selected; None where there is no text."""
    if isinstance(editor, QLineEdit):
        at, start = editor.cursorPosition(), editor.selectionStart()
        if start < 0:
            return at, at
        end = editor.selectionEnd()
        return (end, at) if at == start else (start, at)
    if isinstance(editor, QPlainTextEdit):
        cursor = editor.textCursor()
        return cursor.anchor(), cursor.position()
    return None


def put_cursor(editor: QWidget, cursor: Cursor) -> None:
    """Put the cursor, and the selection with it; a text that is shorter now has it at its end."""
    anchor, at = cursor
    if isinstance(editor, QLineEdit):
        length = len(editor.text().encode("utf-16-le", "surrogatepass")) // 2
        anchor, at = min(anchor, length), min(at, length)
        editor.setCursorPosition(at)
        if anchor != at:
            editor.setSelection(anchor, at - anchor)
    elif isinstance(editor, QPlainTextEdit):
        last = editor.document().characterCount() - 1
        place = editor.textCursor()
        place.setPosition(min(anchor, last))
        place.setPosition(min(at, last), QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(place)


def name_of(fields: dict[str, Field], focus: QWidget | None) -> str:
    """The name of the field that has the keyboard, "" for none."""
    if focus is None:
        return ""
    found = (name for name, field in fields.items() if focus is field.editor or field.isAncestorOf(focus))
    return next(found, "")


def where(fields: dict[str, Field], focus: QWidget | None) -> Where:
    """The field that has the keyboard, and where in its text."""
    name = name_of(fields, focus)
    return (name, cursor_of(fields[name].editor)) if name else NOWHERE


def folded_away(focus: QWidget | None, form: QWidget) -> bool:
    """Whether the keyboard was where nothing is to be seen any more."""
    return focus is not None and not focus.isVisibleTo(form)


def go_to(field: Field, cursor: Cursor | None) -> None:
    """Put the keyboard into a field, where it was."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    if cursor is not None:
        put_cursor(field.editor, cursor)


def after_act(body: FormBody, act: Act) -> None:
    """What an act that was just chosen asks for next has the keyboard."""
    if act is not Act.ANSWERED and body.department.editor.chosen is None:
        target: Field | None = body.department
    elif act is Act.REFERRED:
        target = body.refer.instruction if body.refer is not None else None
    else:
        target = body.outcome if act is Act.ANSWERED else None
    if target is not None:
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def after_result(body: FormBody) -> None:
    """The same, once it was told how putting through ended."""
    target = body.department if body.department.editor.chosen is None else body.outcome
    target.setFocus(Qt.FocusReason.OtherFocusReason)
