"""The keys of the desk: the table of them, what a sequence means, what readers may set, what is typed after `:`."""
