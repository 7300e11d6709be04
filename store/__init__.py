"""What lasts: one SQLite file; typed records come out of it, never rows."""
