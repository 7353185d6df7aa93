"""Find: what is looked for, the posting blocks that lead to it, and how they are filled."""
