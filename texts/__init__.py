"""What a text is, and how to find things in it: pure computation, no database, no terminal."""
