"""The day's sheet on the screen: made in a child process, shown, saved, printed."""
