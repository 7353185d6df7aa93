"""The write-ahead log of a SQLite register, carried into the file beside the work, not within a save."""

from __future__ import annotations

import sqlite3
import threading

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

SAVES = 40
"""After so many saves the log is carried over; a save adds some twenty pages to it."""
MOST_PAGES = 8_000
"""Only a log as long as this (32 MB) makes a save carry it over itself."""


class LogKeeper:
    """Counts what is saved through an engine and carries the log over from time to time, in a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._saves = 0
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def saved(self) -> None:
        """Something was committed."""
        with self._lock:
            self._saves += 1
            if self._saves < SAVES or (self._thread is not None and self._thread.is_alive()):
                return
            self._saves = 0
            self._thread = threading.Thread(target=self._carry, name="log keeper", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Wait for what is being carried; the engine may be closed afterwards."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _carry(self) -> None:
        # PASSIVE waits for nobody, and nobody for it; what is wrong with the disk the saves will say.
        try:
            connection = self._engine.raw_connection()
        except (SQLAlchemyError, sqlite3.Error):
            return
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except sqlite3.Error:
            return
        finally:
            connection.close()
