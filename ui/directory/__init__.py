"""The page of the directory: departments, matters, clerks."""
