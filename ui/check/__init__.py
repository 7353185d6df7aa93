"""Lines of the day that lack something, gone over one by one before the day is printed."""
