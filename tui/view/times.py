"""Times as a reader sees them: by the clock of the place where they read."""

from __future__ import annotations

from datetime import datetime


def local_time(utc: str, *, seconds: bool = False) -> str:
    """`2026-11-29 20:47`, or with its seconds, of an ISO 8601 time in UTC; what is no such time comes back as it is."""
    try:
        time = datetime.fromisoformat(utc).astimezone()
    except (ValueError, OverflowError, OSError):
        return utc
    return time.replace(tzinfo=None).isoformat(" ", "seconds" if seconds else "minutes")


def local_day(utc: str) -> str:
    """`2026-11-29`, likewise."""
    return local_time(utc)[:10]
