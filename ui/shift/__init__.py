"""A shift: what waits and was said, what is pinned, handing over and accepting."""
