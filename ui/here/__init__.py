"""Who is here: watched while the window lives, shown on a page of its own, printed as a roll-call."""
