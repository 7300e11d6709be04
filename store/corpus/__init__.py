"""Many texts beside the library: the files that they and their pairs stand in."""
