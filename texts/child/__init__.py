"""Runs work in a process of its own: one runner for every child, isolated from the folder and the environment.

`runner.Child` starts a job and talks to it in frames; `worker` is the child's side; `isolation` says how any Python
that this program starts is called, the framed ones and those that only share the terminal or a browser.
"""
