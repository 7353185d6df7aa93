"""The page of the settings: the site's, this desk's, the backups."""
