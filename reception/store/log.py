"""The write-ahead log of a SQLite register, carried into the file beside the work, not within a save."""

from __future__ import annotations

import sqlite3
import threading
import time

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

SAVES = 40
"""After so many saves the log is carried over, in the next pause; a save adds some twenty pages to it."""
MANY = 120
"""After so many it is carried over without a pause."""
PAUSE = 0.25
"""Seconds without a save: one that comes meanwhile would wait for the disk."""
AGAIN = 4
"""So many times at most it is gone on with what was saved meanwhile."""
MOST_PAGES = 8_000
"""Only a log as long as this (32 MB) makes a save carry it over itself."""


class LogKeeper:
    """Counts what is saved through an engine and carries the log over from time to time, in a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._saves = 0
        self._last = 0.0
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def saved(self) -> None:
        """Something was committed."""
        with self._lock:
            self._saves += 1
            self._last = time.monotonic()
            if self._saves < SAVES or (self._thread is not None and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._carry, name="log keeper", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Wait for what is being carried; the engine may be closed afterwards."""
        self._closing.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _carry(self) -> None:
        while self._saves < MANY and (left := self._last + PAUSE - time.monotonic()) > 0:
            if self._closing.wait(left):
                return
        with self._lock:
            self._saves = 0
        # PASSIVE waits for nobody, and nobody for it; what is wrong with the disk the saves will say.
        try:
            connection = self._engine.raw_connection()
        except (SQLAlchemyError, sqlite3.Error):
            return
        try:
            # a log of which all is carried over begins anew with the next save; else it grows to MOST_PAGES
            before = None
            for _ in range(AGAIN):
                pages = connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                if pages == before:
                    break
                before = pages
        except sqlite3.Error:
            return
        finally:
            connection.close()
