"""Everything a newcomer or a maintainer does with this tree: ``python3 dev.py VERB [arguments]``.

Each verb first makes sure of what it needs: a virtual environment in .venv with the pinned packages and, on
Linux, the system libraries that Qt wants. Once they are there this costs nothing. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a Python too old for this tree shall get as far as being told so
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
CONSTRAINTS = ROOT / "constraints.txt"
LOCALE = ROOT / "resources" / "locale"
MINIMUM = (3, 11)
BUILD_TOOLS = ["hatchling", "babel"]
EXTRAS: dict[str, str] = {"run": "", "full": "[test,dev]"}

# What Qt's wheel loads from the system (ldd of libQt6Gui, Widgets and Network), and the Debian package of it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libzstd.so.1": "libzstd1",
}
# What a real window needs besides (ldd of plugins/platforms/libqxcb.so).
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


# What the tests read paper with besides the window's own reader, and the bus that file managers are on.
READERS = {"pdftotext": "poppler-utils", "dbus-daemon": "dbus"}
# What the tests print with: a print server, and a printer that makes a PDF file of what arrives.
PRINT_PROGRAMS = {
    "/usr/sbin/cupsd": "cups",
    "/usr/lib/cups/backend/cups-pdf": "printer-driver-cups-pdf",
}


class Trouble(Exception):
    """Something that the reader of the message can put right."""


# -- the verbs -------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Open the desk on the register in your data folder (dev.py run -- --register FILE: on another)."""
    ensure("run", window=needs_window())
    if needs_window() and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise Trouble("there is no screen here (DISPLAY, WAYLAND_DISPLAY); start it on a desktop")
    # Where the user stands, so that a relative --register means what it says.
    return subprocess.run([script("reception-desk"), *arguments]).returncode


def test(arguments: list[str]) -> int:
    """Run all tests, without a screen; further arguments go to pytest (dev.py test -- -k sheet)."""
    ensure("full")
    provide_readers()
    provide_printing()
    # More workers than this gain nothing and each brings its own Qt.
    workers = min(os.cpu_count() or 2, 8)
    # Halves, not turns: what neighbours share is made in one worker, and who is done takes from the other.
    spread = ["-n", str(workers), "--dist", "worksteal"]
    return call([python(), "-m", "pytest", *spread, *arguments], compiling(headless()))


def check(arguments: list[str]) -> int:
    """Lint, format, types, translations, boundaries, schema drift; --fix mends what tools can mend."""
    fix = arguments == ["--fix"]
    if arguments and not fix:
        raise Trouble("check takes no argument but --fix")
    ensure("full")
    if fix:
        call([python(), "-m", "ruff", "check", "--fix", "--quiet", "."])
        call([python(), "-m", "ruff", "format", "--quiet", "."])
    steps = {
        "lint": ["ruff", "check", "."],
        "format": ["ruff", "format", "--check", "."],
        "types": ["mypy"],
        "translations": ["tools.translations", "check"],
        "boundaries": ["pytest", "-q", "tests/test_boundaries.py"],
        "schema": ["tools.schema_drift"],
    }
    failed = []
    for name, step in steps.items():
        say(f"{name}: {' '.join(step)}")
        if call([python(), "-m", *step], headless()):
            failed.append(name)
    for name in steps:
        say(f"{name:<13}{'FAILED' if name in failed else 'ok'}")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Measure speed and memory against their goals; writes build/bench.json."""
    ensure("full")
    return call([python(), "-m", "benchmarks", *arguments], compiling(headless()))


def screenshots(arguments: list[str]) -> int:
    """Draw every page from made-up data, in both languages, light and dark."""
    ensure("full")
    return call([python(), "-m", "tools.screenshots", *arguments], headless())


def translate(arguments: list[str]) -> int:
    """Collect the source strings into the translation files (for maintainers)."""
    ensure("full")
    return call([python(), "-m", "tools.translations", "update", *arguments])


def lock(arguments: list[str]) -> int:
    """Pin all packages in constraints.txt anew (for maintainers); --upgrade moves to the newest."""
    ensure("full")
    # No header and no annotations: they would name the paths and package indexes of this machine.
    command = ["uv", "pip", "compile", "--universal", "--all-extras", "--strip-extras"]
    plain = ["--no-header", "--no-annotate", "--quiet", "-o", CONSTRAINTS.name]
    return call([python(), "-m", *command, *plain, *arguments, "pyproject.toml"])


VERBS: dict[str, Callable[[list[str]], int]] = {
    verb.__name__: verb for verb in (run, test, check, bench, screenshots, translate, lock)
}


# -- the environment -------------------------------------------------------------------------------------


def ensure(kind: str, window: bool = False) -> None:
    """Make sure of system packages, virtual environment, packages, compiled translations. Raises Trouble."""
    packages = missing_system_packages(window)
    if packages:
        install_system_packages(packages)
    if not stamped(kind):
        make_environment()
        install(kind)
    compile_translations()


def missing_system_packages(window: bool) -> list[str]:
    """The Debian packages (elsewhere: the libraries) that this Linux lacks; nothing on other systems."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [] if environment_works() or can_make_environments() else [venv_package()]
    wanted = {**QT_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}
    # Asked of a process of its own: a library, once loaded, stays for good.
    probe = (
        "import ctypes, sys\n"
        "for name in sys.argv[1:]:\n"
        "    try: ctypes.CDLL(name)\n"
        "    except OSError: print(name)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", probe, *wanted], stdout=subprocess.PIPE, text=True, check=True
    )
    lacking = answer.stdout.split()
    return missing + ([wanted[name] for name in lacking] if shutil.which("apt-get") else lacking)


def provide_readers() -> None:
    """Make sure of the second reader of PDF files, and of a bus. Raises Trouble."""
    missing = sorted({package for program, package in READERS.items() if not shutil.which(program)})
    if missing and sys.platform.startswith("linux"):
        install_system_packages(missing)


def provide_printing() -> None:
    """Install what the printing tests want where that asks nobody; without it they say so and are skipped."""
    if not sys.platform.startswith("linux") or all(map(os.path.exists, PRINT_PROGRAMS)):
        return
    if not shutil.which("apt-get") or administrator() is None:
        return
    try:
        install_system_packages(sorted(set(PRINT_PROGRAMS.values())))
    except Trouble as trouble:
        say(f"the printing tests will be skipped: {trouble}")


def can_make_environments() -> bool:
    """Debian and Ubuntu keep `ensurepip` in a package of its own."""
    return find_spec("venv") is not None and find_spec("ensurepip") is not None


def venv_package() -> str:
    """The package that brings `venv` to this Python; one beside the system's own has its own."""
    if Path(sys.executable).resolve() == Path("/usr/bin/python3").resolve():
        return "python3-venv"
    return "python{}.{}-venv".format(*sys.version_info[:2])


def install_system_packages(packages: list[str]) -> None:
    """Install with apt, as root or by a sudo that asks nothing; else raise Trouble with the one command."""
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Trouble(f"this system lacks: {names}. Install the packages that hold them, then try again")
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    prefix = administrator()
    if prefix is None:
        raise Trouble(f"system packages are missing; type this first:\n  sudo apt-get install {names}")
    say(f"installing system packages: {names}")
    if call([*prefix, *command]) == 0:
        return
    call([*prefix, "apt-get", "update"])  # a fresh machine has no lists, or old ones
    if call([*prefix, *command]) != 0:
        raise Trouble(f"apt could not install them. Try it yourself:\n  sudo apt-get install {names}")


def administrator() -> list[str] | None:
    """What to put before a command so that it runs as root without questions; None when that cannot be."""
    settings = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return settings
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL).returncode:
        return None
    proxies = [f"{name}={os.environ[name]}" for name in ("http_proxy", "https_proxy") if name in os.environ]
    return ["sudo", "-n", *settings, *proxies]


def environment_works() -> bool:
    """Whether .venv is there, complete, and its Python still starts."""
    try:
        probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
        answer = subprocess.run([python(), "-c", probe], stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return answer.returncode == 0


def make_environment() -> None:
    """Make .venv, or make it anew when it is broken (an interrupted start, a Python that was replaced)."""
    if environment_works():
        return
    if sys.prefix != sys.base_prefix and Path(sys.prefix) == VENV:
        raise Trouble("the environment in .venv is broken; run this with the system's Python")
    say("making the virtual environment in .venv")
    if call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise Trouble("the virtual environment could not be made; the lines above say why")


def install(kind: str) -> None:
    """Install the pinned packages and this tree itself, in place. Raises Trouble."""
    say("installing the pinned packages into .venv (once; some 200 MB)")
    pip = [python(), "-m", "pip", "install", "--disable-pip-version-check", "--constraint", str(CONSTRAINTS)]
    for step in (BUILD_TOOLS, ["--no-build-isolation", "--editable", f".{EXTRAS[kind]}"]):
        if call([*pip, *step]) != 0:
            raise Trouble("the packages could not be installed; the lines above say why")
    STAMP.write_text(f"{kind} {digest()}\n", encoding="utf-8")


def stamped(kind: str) -> bool:
    """Whether what is installed was installed from these very files; the full set serves for running too."""
    try:
        found = STAMP.read_text(encoding="utf-8").split()
    except OSError:
        return False
    return found in ([kind, digest()], ["full", digest()]) and environment_works()


def digest() -> str:
    """Fingerprint of what decides about the environment, its place included: in-place installs know it."""
    result = hashlib.sha256(str(ROOT).encode())
    for path in (ROOT / "pyproject.toml", CONSTRAINTS, VENV / "pyvenv.cfg"):
        result.update(path.read_bytes() if path.exists() else b"")
    return result.hexdigest()


def compile_translations() -> None:
    """Compile those that are newer than what was compiled from them. Raises Trouble."""
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        if call([python(), "-m", "tools.translations", "compile"]) != 0:
            raise Trouble(f"{source} could not be compiled")
        return


# -- small things ----------------------------------------------------------------------------------------


def needs_window() -> bool:
    """Whether a real window will open on X11 or Wayland (QT_QPA_PLATFORM can say otherwise)."""
    platform = os.environ.get("QT_QPA_PLATFORM", "xcb")
    return sys.platform.startswith("linux") and platform.startswith(("xcb", "wayland"))


def headless() -> dict[str, str]:
    """The environment for programs that must not need a screen."""
    return dict(os.environ, QT_QPA_PLATFORM="offscreen")


def compiling(environment: dict[str, str]) -> dict[str, str]:
    """The same, with files of compiled Python: else each start of the program compiles all of it anew."""
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


def script(name: str) -> str:
    """Path of an installed command."""
    return str(VENV / "Scripts" / f"{name}.exe") if os.name == "nt" else str(VENV / "bin" / name)


def python() -> str:
    """Path of the environment's Python."""
    return script("python")


def call(command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run a command in the tree's root and hand on its exit code."""
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


def say(line: str) -> None:
    """Tell what happens, in order with what the commands print."""
    print(f"dev.py: {line}", flush=True)


def usage() -> str:
    """The verbs, a line each."""
    width = max(map(len, VERBS))
    lines = [f"  {name:<{width}}  {verb.__doc__}" for name, verb in VERBS.items()]
    return "\n".join(["usage: python3 dev.py VERB [arguments]", "", *lines])


def main(arguments: list[str]) -> int:
    """Run the verb that was named. Exit codes: the verb's own; 1 something is missing; 2 no such verb."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    verb = VERBS.get(arguments[0])
    if verb is None:
        print(f"dev.py: there is no verb “{arguments[0]}”\n\n{usage()}", file=sys.stderr)
        return 2
    if sys.version_info < MINIMUM:
        print(f"dev.py: Python 3.11 or newer is needed; this is {sys.version.split()[0]}", file=sys.stderr)
        return 1
    rest = arguments[2:] if arguments[1:2] == ["--"] else arguments[1:]
    try:
        return verb(rest)
    except Trouble as trouble:
        print(f"dev.py: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
