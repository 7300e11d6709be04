"""What the reader sees: the desk, and the dialogs and lists that open over it."""
