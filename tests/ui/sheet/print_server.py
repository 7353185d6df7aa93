"""A print server of the tests' own: CUPS on loopback with the virtual PDF printer, in folders of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PRINTER = "Reception-Test"
NOBODY = "reception-test-nobody"
"""A user that no system knows: what is printed for them lands in the virtual printer's own folder."""
SPOOL = Path("/var/spool/cups-pdf/ANONYMOUS")
ENABLE = (
    "sudo apt-get install --no-install-recommends cups printer-driver-cups-pdf && "
    f"sudo {sys.executable} -m pytest tests/ui/sheet/test_cups.py"
)
_JOBS = 100
"""More than any test prints."""
_BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
_PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
_MORE = """
*OpenUI *Duplex/Two-sided: PickOne
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long edge: ""
*Duplex DuplexTumble/Short edge: ""
*CloseUI: *Duplex
*OpenUI *ColorModel/Colour: PickOne
*DefaultColorModel: RGB
*ColorModel RGB/Colour: ""
*ColorModel Gray/Grey: ""
*CloseUI: *ColorModel
"""
"""The virtual printer knows only one side and all colours: the dialog is to offer more."""
_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
_OPEN = "<Limit All>\nOrder allow,deny\nAllow all\n</Limit>"


@dataclass(frozen=True, slots=True)
class PrintServer:
    """How to reach it, and what came out of its printer since it was started."""

    environment: dict[str, str]
    first_job: int
    """Others may print into the same folder: the numbers of this server's jobs begin with its port's."""
    spool: Path
    """Where the server keeps what each job was asked with."""

    def printed(self) -> list[Path]:
        """The files that the printer made."""
        jobs = range(self.first_job, self.first_job + _JOBS)
        return [path for job in jobs for path in SPOOL.glob(f"*job_{job}.pdf")]

    def asked(self, name: str) -> list[bytes]:
        """The value of an IPP attribute in each job so far, as it is written; empty where it was not said."""
        files = [self.spool / f"c{job:05d}" for job in range(self.first_job, self.first_job + _JOBS)]
        return [_value(path.read_bytes(), name.encode()) for path in files if path.exists()]

    def run(self, *command: str) -> str:
        """Ask the server, as an administrator does."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=True, timeout=30
        )
        return done.stdout


def _value(said: bytes, name: bytes) -> bytes:
    """RFC 8010, 3.1.4: after the name of an attribute come two bytes of its value's length, and the value."""
    at = said.find(len(name).to_bytes(2, "big") + name)
    if at < 0:
        return b""
    at += 2 + len(name)
    return said[at + 2 : at + 2 + int.from_bytes(said[at : at + 2], "big")]


def lacking() -> str:
    """Why there can be none here; "" where there can."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "only root may start a print server"
    if not _BACKEND.exists() or shutil.which("cupsd", path=_PATH) is None:
        return "CUPS or its virtual PDF printer is not installed"
    return ""


@contextmanager
def started(folder: Path) -> Iterator[PrintServer]:
    """The server with `PRINTER` as its default; ended by its process id, with what it printed removed."""
    for name in ("root", "cache", "state", "spool", "log"):
        (folder / name).mkdir()
    (folder / "tmp").mkdir(mode=0o1777)
    (folder / "tmp").chmod(0o1777)  # filters run as another user
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.geteuid() and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)  # through which they reach it
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    _configure(folder, port)
    command = ["cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "files.conf")]
    environment = {**os.environ, "PATH": f"{os.environ.get('PATH', '')}:{_PATH}"}
    environment |= {"CUPS_SERVER": f"127.0.0.1:{port}", "CUPS_USER": NOBODY, "LC_ALL": "C.UTF-8"}
    first_job = port * _JOBS
    (folder / "cache" / "job.cache").write_text(f"NextJobId {first_job}\n", "utf-8")
    server = PrintServer(environment, first_job, folder / "spool")
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(port, process)
        description = folder / "printer.ppd"
        description.write_bytes(_PPD.read_bytes() + _MORE.encode())
        server.run("lpadmin", "-p", PRINTER, "-E", "-v", "cups-pdf:/", "-P", str(description))
        server.run("lpadmin", "-d", PRINTER)
        yield server
    finally:
        process.terminate()
        process.wait(20)
        for path in server.printed():
            path.unlink()


def _configure(folder: Path, port: int) -> None:
    (folder / "cupsd.conf").write_text(
        f"Listen 127.0.0.1:{port}\nBrowsing No\nDefaultAuthType None\nWebInterface No\nLogLevel info\n"
        "DirtyCleanInterval 0\n"  # what a job was asked with is on the disk at once
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n"
        f"<Policy default>\n{_OPEN}\n</Policy>\n",
        "utf-8",
    )
    places = {
        "ServerRoot": "root",
        "CacheDir": "cache",
        "StateDir": "state",
        "RequestRoot": "spool",
        "TempDir": "tmp",
        "AccessLog": "log/access",
        "ErrorLog": "log/error",
        "PageLog": "log/page",
    }
    lines = [f"{name} {folder / place}" for name, place in places.items()]
    (folder / "files.conf").write_text("\n".join(lines) + "\n", "utf-8")


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < give_up:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            continue
        return
    raise RuntimeError("the print server did not start")
