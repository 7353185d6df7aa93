"""A department's own inbox (``reception-desk --department CODE``)."""
