"""The two front ends of close reading: the desk (Textual) and the command line (click)."""

__version__ = "0.2.0"
