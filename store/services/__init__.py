"""What the desk and the command line both do with a library: one function each. No Textual, click or Rich."""
