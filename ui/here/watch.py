"""Keeps an eye on who is here, whether or not anybody looks.

A roll-call may be wanted at the very moment when nothing answers any more.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot

from reception import config
from reception.errors import DeskError
from reception.facts import Catalogue, Change, RollCall, Site, Visitor, in_turn
from ui.changes import concerns
from ui.here import kept
from ui.here.pen import Pen
from ui.labels import zone
from ui.wording import _, ngettext
from ui.work import Lanes

_MINUTE = 60_000
_PATIENCE = 4_000
"""Milliseconds after which a question without an answer means that the register does not answer."""
_CALM = 1_500
"""Milliseconds after the register was opened: the first rows come before the tidying."""
_STALE = dt.timedelta(minutes=5)
"""The file says how late it is at least as often as this, and so often the whole list is read."""
_MANY = 200
"""So many changes at once are read as the whole list."""


class Attendance(QObject):
    """Who is here, as far as this window knows, kept on the disk too.

    It also has the visits closed that nobody signed out of, and the register learn the published years.
    """

    changed = Signal()
    """The list, or whether it is live, is different from before."""
    message = Signal(str)

    def __init__(self, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._folder: Path = config.drafts_folder().with_name("here")
        self._pen = Pen(self)
        self._pen.failed.connect(self._on_not_kept)
        self._pen.found.connect(self._on_remembered)
        self._stopped = False
        self._register = ""
        self._written: RollCall | None = None
        self._closed = 0
        self._whole_at: dt.datetime | None = None
        """When the whole list was read last; None before that."""
        self._changed: set[int] = set()
        """Entries of which it is not known yet whether their visitors are still here."""
        self._asked: frozenset[int] = frozenset()
        self.known: RollCall | None = None
        """The last known list; None before anything is known."""
        self._clock = self._timer(_MINUTE, self._on_minute)
        self._patience = self._timer(_PATIENCE, self._on_silence, single=True)
        self._calm = self._timer(_CALM, self._tidy, single=True)
        for told, slot in self._heard():
            told.connect(slot)
        if lanes.catalogue is not None:
            self._on_opened(lanes.catalogue)

    def _heard(self) -> tuple[tuple[SignalInstance, Callable[..., object]], ...]:
        lanes = self._lanes
        return (
            (lanes.opened, self._on_opened),
            (lanes.recovered, self.ask),
            (lanes.trouble, self._on_trouble),
            (lanes.changed, self._on_changed),
        )

    def _timer(self, after: int, slot: Callable[[], None], *, single: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(after)
        timer.setSingleShot(single)
        timer.timeout.connect(slot)
        return timer

    def stop(self) -> None:
        """The window goes: finish what is being written, hear nothing any more."""
        self._stopped = True
        for told, slot in self._heard():
            told.disconnect(slot)
        for timer in (self._clock, self._patience, self._calm):
            timer.stop()
        self._pen.finish()

    @property
    def live(self) -> bool:
        """Whether the register itself said so just now."""
        return self.known is not None and self.known.live

    @property
    def visitors(self) -> tuple[Visitor, ...]:
        """Everybody who is known to be here."""
        return self.known.visitors if self.known is not None else ()

    @property
    def site(self) -> Site | None:
        """The site's settings, None before the register was opened."""
        return self._lanes.catalogue.site if self._lanes.catalogue is not None else None

    # Asking.

    @Slot()
    def ask(self) -> None:
        """Ask the register who is here."""
        self._patience.start()
        task = self._lanes.read("here", "presence.here")
        task.done.connect(self._on_here)
        task.failed.connect(self._on_failed)

    def _ask_changed(self) -> None:
        """Ask only for what changed, if anything: with a full house the whole list takes its time."""
        self._patience.start()
        self._asked = frozenset(self._changed)
        # Behind the whole list, if that is on its way: what is read later is newer.
        task = self._lanes.read("here.changed", "presence.here_of", tuple(self._asked))
        task.done.connect(self._on_some)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_here(self, visitors: tuple[Visitor, ...]) -> None:
        self._whole_at = dt.datetime.now(dt.UTC)
        self._know(visitors)

    @Slot(object)
    def _on_some(self, visitors: tuple[Visitor, ...]) -> None:
        if self._whole_at is None:
            return  # the list to which they belong is still on its way, and is asked for again
        self._changed -= self._asked
        stay = (one for one in self.visitors if one.entry_id not in self._asked)
        self._know(in_turn((*stay, *visitors)) if self._asked else self.visitors)

    def _know(self, visitors: tuple[Visitor, ...]) -> None:
        self._patience.stop()
        site = self.site
        if site is None or self._stopped:
            return
        before = self.known
        self.known = RollCall(site.name, site.zone, dt.datetime.now(dt.UTC), True, visitors)
        self._keep()
        if before is None or not before.live or before.visitors != visitors:
            self.changed.emit()

    @Slot(object)
    def _on_failed(self, _error: DeskError) -> None:
        self._on_silence()

    @Slot()
    def _on_silence(self) -> None:
        """Nobody answers: what is shown is of the past."""
        self._patience.stop()
        if self._stopped:
            return
        if self.known is None:
            self._remember()
        elif self.known.live:
            known = self.known
            self.known = RollCall(known.site, known.zone, known.as_of, False, known.visitors)
            self.changed.emit()

    @Slot(object)
    def _on_trouble(self, _error: DeskError) -> None:
        self._on_silence()

    @Slot(object)
    def _on_opened(self, catalogue: Catalogue) -> None:
        if catalogue.site.uid != self._register:
            self._register, self.known, self._written = catalogue.site.uid, None, None
            self._whole_at = None
        self.ask()
        self._clock.start()
        self._calm.start()

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        if not concerns(changes, "entry", "department", "matter", "setting"):
            return
        self._changed |= {one.subject_id for one in changes if one.subject_kind == "entry"}
        alone = not concerns(changes, "department", "matter", "setting")
        if alone and self.live and self._whole_at is not None and len(self._changed) <= _MANY:
            self._ask_changed()
        else:
            self._changed.clear()
            self.ask()

    @Slot()
    def _on_minute(self) -> None:
        if self.live and self._whole_at is not None and dt.datetime.now(dt.UTC) - self._whole_at < _STALE:
            self._ask_changed()  # it tells at least that the register answers
        else:
            self.ask()
        if self._day_is_over():
            self._close(today=True)

    # Closing days.

    @Slot(int)
    def new_day(self, _day: int) -> None:
        """It is past midnight at the site: nobody of yesterday is here any more."""
        self._tidy()
        self.ask()

    @Slot()
    def _tidy(self) -> None:
        self._close(today=False)
        self._lanes.write("working_days.learn")  # a year may have been published since

    def _day_is_over(self) -> bool:
        site = self.site
        if site is None or not site.close_day_at or not self.visitors:
            return False
        hour, _colon, minute = site.close_day_at.partition(":")
        now = dt.datetime.now(zone(site.zone))
        return (now.hour, now.minute) >= (int(hour), int(minute))

    def _close(self, *, today: bool) -> None:
        task = self._lanes.write("presence.close_days", today=today, uid=uuid.uuid4())
        task.setProperty("today", today)
        task.done.connect(self._on_closed)

    @Slot(object)
    def _on_closed(self, count: int) -> None:
        self._closed += count
        if count and not self._stopped:  # in pieces: what somebody saves meanwhile comes between them
            self._close(today=bool(self.sender().property("today")))
            return
        count, self._closed = self._closed, 0
        if count:
            words = ngettext(
                "{n} visit that nobody signed out of was closed; its leaving is marked as estimated.",
                "{n} visits that nobody signed out of were closed; their leaving is marked as estimated.",
                count,
            )
            self.message.emit(words.format(n=count))

    # Keeping.

    def _keep(self) -> None:
        known, written = self.known, self._written
        assert known is not None
        if (
            written is not None
            and written.visitors == known.visitors
            and known.as_of - written.as_of < _STALE
        ):
            return
        self._written = known
        self._pen.write(kept.path_of(self._folder, self._lanes.place), known)

    @Slot(object)
    def _on_not_kept(self, error: Exception) -> None:
        self._written = None
        if not isinstance(error, OSError):
            raise error
        words = _("The list of who is here cannot be kept on this computer: {reason}")
        self.message.emit(words.format(reason=error.strerror or str(error)))

    def _remember(self) -> None:
        self._pen.read(kept.path_of(self._folder, self._lanes.place))

    @Slot(object)
    def _on_remembered(self, known: RollCall | None) -> None:
        if known is not None and self.known is None:
            self.known = known
            self.changed.emit()
