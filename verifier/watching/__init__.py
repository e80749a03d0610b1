"""Watches vendors on a schedule, and tells whom it concerns: each piece of news once, in time."""

from verifier.watching.settings import Settings, read_settings, watch_schema
from verifier.watching.wiring import ledgers, watcher

__all__ = ["Settings", "ledgers", "read_settings", "watch_schema", "watcher"]
