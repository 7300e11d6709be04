"""Many texts beside the library: pairs of passages of theirs, and how those are told from a file's lines."""
