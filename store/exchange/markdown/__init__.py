"""Markdown: `notes` has the highlights for notes programs, `whole` the texts with the highlights in place."""
