"""Dialogs, pickers and the note editor: screens that open over the desk and give back what was chosen."""
