"""Lists to pick from, each opened by a command: functions of the context, which know nothing of each other."""
