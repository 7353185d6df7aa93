"""The page of the referrals: what was sent where, and what became of it."""
