"""``python -m reception`` is the command ``reception``."""

import sys

from reception.cli import main

if __name__ == "__main__":
    sys.exit(main())
