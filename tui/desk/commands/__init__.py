"""What keys do: functions of the context and of what was pressed, which know nothing of each other."""
