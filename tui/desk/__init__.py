"""The desk: two texts side by side. `desk_screen` routes each key to a function in `commands/` or `lists/`."""
