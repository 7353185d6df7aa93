"""Another window's drafts: ``python -m tests.ui.drafts.writer ROOT JOB``; tells each thing done."""

from __future__ import annotations

import os
import sys
import uuid
from pathlib import Path

from reception.facts import Kind
from ui.drafts.store import Store
from ui.today.drafts import Draft

UID = uuid.UUID(int=7)


def draft(text: str, uid: uuid.UUID = UID) -> Draft:
    """A form with something typed."""
    return Draft(Kind.VISIT, uid, None, {"subject": (None, text), "request": text * 200})


def tell(line: object) -> None:
    """In one write."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """``write`` goes on until it is killed; ``hold`` until it is told; ``adopt`` begins when it is told."""
    root, job = Path(sys.argv[1]), sys.argv[2]
    store = Store(root, "register")
    if job == "adopt":
        tell("ready")
        sys.stdin.readline()
        for one in (found := store.adopt()):
            tell(one.uid)
        store.write(found)
        tell("end")
        sys.stdin.readline()
        return
    count = 0
    while True:
        count += 1
        store.write([draft(str(count))])
        tell(count)
        if job == "hold":
            sys.stdin.readline()
            return


if __name__ == "__main__":
    main()
