"""Which status a verb leads to, where the status is not called after it."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ENDS"]

ENDS: Mapping[str, tuple[str, ...]] = {
    "activate": ("active", "enabled"),
    "authorize": ("authorised", "completed"),
    "cancel": ("voided",),
    "capture": ("completed", "succeeded", "paid"),
    "complete": ("finished", "done"),
    "deactivate": ("inactive", "disabled"),
    "disable": ("inactive",),
    "enable": ("active",),
    "finish": ("completed", "done"),
    "pay": ("paid", "completed", "settled"),
    "publish": ("live", "active"),
    "reject": ("declined", "refused"),
    "reopen": ("open",),
    "resume": ("active", "running"),
    "send": ("sent",),
    "start": ("running", "active"),
    "stop": ("shutdown", "idle"),
    "suspend": ("paused", "inactive"),
    "void": ("canceled", "cancelled"),
}
"""Verb to words for where it leads, the likeliest first."""
