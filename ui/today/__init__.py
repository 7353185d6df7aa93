"""The clerk's home: the entry form, what is to be done now, and the day's table."""
