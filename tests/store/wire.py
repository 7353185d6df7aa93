"""A wire to the PostgreSQL server that can be cut and mended."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from types import TracebackType
from typing import Self

from sqlalchemy import make_url


class Wire:
    """Passes a port of this machine on to the server of ``url``, until it is cut.

    A connection breaks by itself, once, when ``break_after`` was asked of the server and done.
    """

    def __init__(self, url: str) -> None:
        self.break_after: bytes | None = None
        self._server = make_url(url)
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = self._listen(0)
        self._port: int = self._listener.getsockname()[1]
        self._begin()

    @property
    def url(self) -> str:
        """The server's URL through the wire."""
        through = self._server.set(host="127.0.0.1", port=self._port, query={})
        return through.render_as_string(hide_password=False)

    def cut(self) -> None:
        """The server is gone: connections break, and nobody answers new ones."""
        self._listener.close()
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in self._open:
            one.close()
        self._open.clear()
        self._threads.clear()

    def mend(self) -> None:
        """The server is back where it was."""
        self._listener = self._listen(self._port)
        self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        listener.settimeout(0.05)
        return listener

    def _begin(self) -> None:
        self._start(self._accept, self._listener)

    def _start(self, what: object, *arguments: object) -> None:
        thread = threading.Thread(target=what, args=arguments)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except TimeoutError:
                continue
            except OSError:  # the wire is cut
                return
            client.setblocking(True)
            server = self._connect()
            self._open += [client, server]
            self._start(self._pass_on, client, server)

    def _connect(self) -> socket.socket:
        host, port = (
            self._server.query.get("host", self._server.host or "localhost"),
            self._server.port or 5432,
        )
        if str(host).startswith("/"):
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{host}/.s.PGSQL.{port}")
            return server
        return socket.create_connection((str(host), port))

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        other = {client: server, server: client}
        with contextlib.suppress(OSError):
            while True:
                for one in select.select([client, server], [], [])[0]:
                    data = one.recv(65_536)
                    if not data:
                        raise ConnectionError
                    other[one].sendall(data)
                    if one is client and self.break_after is not None and self.break_after in data:
                        server.recv(65_536)
                        self.break_after = None
                        raise ConnectionError
        for one in other:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
