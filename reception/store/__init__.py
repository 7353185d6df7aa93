"""The database: engine, migrations, change notice, backup and restore."""
