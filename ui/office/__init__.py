"""The page of what the office has in hand besides visits and calls: a room for each kind of it."""
