"""The verbs: one small typed function each, whose first argument is the session."""
