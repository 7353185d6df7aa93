"""The page that finds entries by what is written in them."""
