"""The steps of the schema, one file each; they import no live records, so that old steps never change."""
