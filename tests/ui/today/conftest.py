"""What the tests of Today's page stand on."""

from __future__ import annotations

import pytest

from ui.today.page import TodayPage
from ui.window import MainWindow


@pytest.fixture
def page(window: MainWindow) -> TodayPage:
    """The page in front."""
    return window.today
