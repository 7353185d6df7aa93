"""The entry form: one form for visits and calls, for new entries and for corrections.

Enter walks on, digits choose the act, and nothing that was typed is ever lost: what does not fit is told
beside its field, and a form that is interrupted is put aside as a `Draft`.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from reception.errors import DeskError
from reception.facts import AGAINST, Act, Catalogue, Kind, NewEntry, NewReferral, Party, ReferralView
from ui import labels
from ui.theme import theme
from ui.today import doubts, places
from ui.today.body import FormBody
from ui.today.choices import department_choices, matter_choice
from ui.today.drafts import Draft
from ui.today.fields import ChoiceBox, Field
from ui.today.guidance import Guidance
from ui.today.values import ALIASES, REFERRING, corrections, new_entry, referral
from ui.widgets.viewport import own_viewport
from ui.wording import _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ui.today.details import Details


class EntryForm(QScrollArea):
    """The fields and what they mean.

    Args:
        correcting: the form shows an entry of the register, so there is nothing to refer.
        parent: the usual one.
    """

    edited = Signal()
    """Something was typed or chosen."""

    def __init__(self, *, correcting: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._correcting = correcting
        self._catalogue: Catalogue | None = None
        self._loading = self._by_hand = False
        self._place = self._before = places.NOWHERE
        self.kind = Kind.VISIT
        self.uid = uuid.uuid4()
        self.started: dt.datetime | None = None
        self.body = FormBody(self.zone, correcting=correcting, parent=own_viewport(self))
        self._guidance = Guidance(self.body)
        self.body.matter.editor.by_enter = correcting
        self.setWidget(self.body)
        self.body.resized.connect(self.updateGeometry)
        self._connect()
        self.begin(Kind.VISIT)
        self.body.align()

    def _connect(self) -> None:
        body = self.body
        for field in body.base.values():
            field.edited.connect(self._on_edited)
        body.more_edited.connect(self._on_edited)
        body.matter.chosen.connect(self._on_matter)
        body.department.editor.textEdited.connect(self._on_department_typed)
        body.category.edited.connect(self._on_category)
        body.act.act_changed.connect(self._on_act)
        body.act.act_picked.connect(self._on_act_picked)
        body.act.finished.connect(self._on_act_finished)
        theme().changed.connect(body.align)

    # What code asks of it.

    @property
    def fields(self) -> dict[str, Field]:
        """Every field that has been made, by name."""
        found = dict(self.body.base)
        for more in (self.body.refer, self.body.owing, self.body.details):
            if more is not None:
                found |= more.fields
        return found

    @property
    def touched(self) -> bool:
        """Whether closing now would lose something that the clerk typed or chose."""
        fields = self.fields
        fields.pop("act")  # one key, and nothing of the conversation
        if not self._by_hand:
            fields.pop("department_id")  # it came with the matter
        if self._noted and fields["received_at"].raw == self._noted:  # it came with the late entries
            fields = {name: one for name, one in fields.items() if name not in ("received_at", "late")}
        return any(field.typed for field in fields.values()) or bool(self._people())

    @property
    def unfolded(self) -> bool:
        """Whether the rarely used fields are shown."""
        return self.body.details is not None and not self.body.details.isHidden()

    def zone(self) -> ZoneInfo:
        """The site's zone."""
        return labels.zone(self._catalogue.site.zone if self._catalogue is not None else "UTC")

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Offer these departments and matters."""
        self._catalogue = self._guidance.catalogue = catalogue
        self.body.matter.offer([matter_choice(one, catalogue) for one in catalogue.matters if one.active])
        if self.body.due is not None and self.body.against is not None:
            self.body.due.set_catalogue(catalogue)
            self.body.against.set_catalogue(catalogue)
        self._guidance.day = 0
        self.new_day(labels.today(catalogue.site.zone))

    def new_day(self, day: int) -> None:
        """Offer the departments with who stands in on a day: who was away until midnight is back."""
        if self._catalogue is None or day == self._guidance.day:
            return
        self._guidance.day = day
        self.body.department.offer(department_choices(self._catalogue, day, outside=True))
        for box in (self.body.refer, self.body.details):
            if box is not None:
                box.offer(department_choices(self._catalogue, day, outside=False))
        self._guidance.tell_department()

    def begin(self, kind: Kind) -> None:
        """An empty form with a uid of its own."""
        self.restore(Draft(kind, uuid.uuid4(), None))

    def draft(self) -> Draft:
        """Everything that was typed."""
        fields = self.fields
        raw = {name: field.raw for name, field in fields.items() if field.typed}
        focus, cursor = places.where(fields, self.focusWidget())
        return Draft(
            self.kind,
            self.uid,
            self.started,
            raw,
            self._people(),
            by_hand=self._by_hand,
            unfolded=self.unfolded,
            focus=focus,
            cursor=cursor,
        )

    def restore(self, draft: Draft) -> None:
        """Show a draft; its error, if it has one, stands beside its field."""
        self._loading = True
        self.kind, self.uid, self.started = draft.kind, draft.uid, draft.started
        self.body.suit(draft.kind)
        self._make_for(draft)
        for field in self.fields.values():
            field.clear()
        for name in (one for one in draft.raw if one in self.fields):  # another version may have had others
            self.fields[name].put(draft.raw[name])
        self.body.put_people(draft.people)
        if self.body.details is not None:
            self.body.details.setVisible(draft.unfolded)
        if self.body.people is not None:
            self.body.people.unfold(draft.unfolded)
        if self.body.owing is not None:
            self.body.owing.follow(bool(self.body.callback.raw))
        self._by_hand = draft.by_hand
        self._noted = ""
        self._place = (draft.focus, draft.cursor)
        self.body.general.hide()
        self.body.suit(draft.kind)
        self._loading = False
        self._guidance.follow()
        if draft.error is not None:
            self.say(draft.error)

    def _make_for(self, draft: Draft) -> None:
        act = draft.raw.get("act", (None, None))[0]
        if act is Act.REFERRED and not self._correcting:  # a corrected entry has its referral already
            self.prepare_referral()
        if any(name.startswith("callback_") for name in set(draft.raw) - set(self.fields)):
            self.body.make_owing()
        if set(draft.raw) & REFERRING:  # also of an entry that is referred again
            self.prepare_referral()
        if draft.unfolded or draft.raw.get("category") in AGAINST or set(draft.raw) - set(self.fields):
            self._unfold()

    def put_focus(self) -> None:
        """Where the keyboard was when this was put aside, else where the conversation begins."""
        (name, cursor), self._place = self._place, places.NOWHERE
        if (field := self.fields.get(name)) is not None and field.isVisibleTo(self):
            places.go_to(field, cursor)
            self.ensureWidgetVisible(field)
            return
        self.body.first.setFocus()
        self.ensureVisible(0, 0)

    def resume(self) -> None:
        """Go on where the keyboard was in this form."""
        if self.focusWidget() is None:
            self.put_focus()
        else:
            self.focusWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def fold(self, unfolded: bool) -> None:
        """Show the rarely used fields or fold them away; what stands in them stays."""
        if unfolded:
            details = self._unfold()
            self._before = places.where(self.fields, self.focusWidget())
            self.body.make_people().unfold(True)
            details.show()
            next(iter(details.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)
            self.body.adjustSize()
            self.ensureWidgetVisible(details)
        elif self.body.details is not None:
            focus = self.focusWidget()
            self.body.details.hide()
            self.body.make_people().unfold(False)
            if places.folded_away(focus, self):
                self._place = self._before
                self.put_focus()

    def wait_here(self) -> None:
        """The visitor waits here from now, or no longer (F7)."""
        if self.kind is Kind.VISIT:
            now = dt.datetime.now(self.zone())
            self.body.waiting.put("" if self.body.waiting.typed else f"{now.hour}:{now.minute:02d}")

    def note_late(self, received: str) -> None:
        """It is entered later, received at this time (as `MomentBox` reads it); "" is from now on."""
        self._noted = received
        self.rare("received_at").put(received)  # which ticks that it is late

    def rare(self, name: str) -> Field:
        """One of the rarely used fields, made if it has not been."""
        return self._unfold().fields[name]

    def choose_act(self, number: int) -> None:
        """Choose an act by its digit from anywhere in the form."""
        self.settle()
        self.body.act.pick(number)

    def ask_referral(self, last: ReferralView | None) -> None:
        """Ask for another referral of the entry that is shown; of one that came back, to whom it goes on."""
        self.prepare_referral()
        self.body.make_refer().show()
        if self.body.due is not None:
            self.body.due.go_on_with(last)
        self.body.department.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Take what an open list proposes, as leaving its field would."""
        for field in self.fields.values():
            if isinstance(field, ChoiceBox) and field.editor.listing:
                field.editor.take(leaving=True)

    def values(self) -> dict[str, Any]:
        """What the form means, under the names that ``entries.correct`` takes. Raises InputError."""
        return corrections(self._values(), self._people())

    def entry(self, *, begun: dt.datetime | None = None) -> NewEntry:
        """What the form means as a new entry, received at ``begun`` or now. Raises InputError."""
        return new_entry(self.kind, self.uid, self._values(), self._people(), begun=begun)

    def referral(self) -> NewReferral:
        """What the form means as a referral of the entry that is shown. Raises InputError."""
        return referral(self._values())

    def doubts(self, key: str = "Ctrl+Enter") -> bool:
        """Say once what was perhaps typed into the wrong field; False when there is nothing to say."""
        return doubts.ask(self.body.phone, self.body.person, key)

    def say(self, error: DeskError) -> None:
        """Say what was refused beside its field, with the focus there; without a field, above all of them."""
        name = ALIASES.get(error.field or "", error.field or "")
        field = self._find(name)
        if field is None:
            self.body.general.setText(error.say(_))
            self.body.general.show()
            self.ensureVisible(0, 0)
            return
        field.say(error.say(_))
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(field)

    @property
    def said(self) -> str:
        """Every message that stands in the form now."""
        words = [field.wrong for field in self.fields.values()]
        if not self.body.general.isHidden():
            words.insert(0, self.body.general.text())
        return "\n".join(word for word in words if word)

    # Inside.

    def _find(self, name: str) -> Field | None:
        if name.startswith("parties."):
            return self.body.make_people().field(name)
        if name not in self.fields:
            self._unfold()
        field = self.fields.get(name)
        details = self.body.details
        if field is not None and details is not None and name in details.fields:
            details.show()
        return field

    def _unfold(self) -> Details:
        fresh = self.body.details is None
        details = self.body.make_details()
        if fresh:
            details.edited.connect(self._on_edited)
            self._offer_anew()
            self.body.suit(self.kind)
        return details

    def prepare_referral(self) -> None:
        """Make what a referral is sent with, if it has not been."""
        fresh = self.body.refer is None
        refer = self.body.make_refer()
        if fresh:
            refer.edited.connect(self._on_edited)
            self._offer_anew()
            self.body.suit(self.kind)

    def _offer_anew(self) -> None:
        if self._catalogue is not None:
            self.set_catalogue(self._catalogue)

    def _loading_old(self) -> bool:
        return self._correcting and self._loading

    def _people(self) -> tuple[Party, ...]:
        people: tuple[Party, ...] = self.body.people.raw if self.body.people is not None else ()
        return tuple(one for one in people if one != Party())

    def _values(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            if self.body.shows(name) or (self._correcting and name not in REFERRING):
                found[name] = field.value()
        found["subject"] = self.body.matter.raw[1]
        found["matter_id"] = self.body.matter.value()
        found.setdefault("party_size", 1)
        return found

    @Slot()
    def _on_edited(self) -> None:
        if self._loading:
            return
        if self.started is None:
            self.started = dt.datetime.now(dt.UTC)
        self.body.general.hide()
        self.edited.emit()

    @Slot(object)
    def _on_matter(self, number: int | None) -> None:
        matter = self._guidance.matter(number)
        self._guidance.follow()
        if not self._loading and not self._by_hand:
            self.body.department.put((matter.department_id if matter is not None else None, None))

    @Slot(str)
    def _on_department_typed(self, text: str) -> None:
        self._by_hand = bool(text.strip())

    @Slot()
    def _on_category(self) -> None:
        category = self.body.category.raw
        if category is not None and not self._loading:
            from ui.today.details import ASKING_MORE  # not before the first paint

            if category in ASKING_MORE:
                self._unfold().show()
        if self.body.details is not None:
            self.body.details.suit(self.kind, category)

    @Slot(object)
    def _on_act(self, act: Act | None) -> None:
        if act is Act.REFERRED and not self._loading_old():
            self.prepare_referral()
        if self.body.refer is not None:
            self.body.refer.setVisible(act is Act.REFERRED and not self._loading_old())

    @Slot(object)
    def _on_act_picked(self, act: Act | None) -> None:
        if act is not None and not self.body.act.ask_result():
            places.after_act(self.body, act)

    @Slot()
    def _on_act_finished(self) -> None:
        places.after_result(self.body)

    def minimumSizeHint(self) -> QSize:
        """Wide enough that nothing of the fields is cut off at the right, of any height."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.body.minimumSizeHint().width() + bar, super().minimumSizeHint().height())
