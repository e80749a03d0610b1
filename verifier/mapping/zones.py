"""Time zones by their names in the IANA database."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from verifier.errors import nearest
from verifier.loading.setting import Setting

__all__ = ["ZONE", "Zone", "zone_of"]


@lru_cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of a name that was read with ``ZONE``."""
    return ZoneInfo(name)


class Zone:
    """A kind of value: the name of a time zone, such as Europe/Paris."""

    def read(self, setting: Setting) -> str:
        """The name; ConfigError names the nearest where there is no such zone."""
        name = setting.text("a time zone such as Europe/Paris")
        try:
            zone_of(name)
        except (ValueError, OSError, KeyError):
            near = nearest(name, sorted(available_timezones()))
            setting.refuse(f"'{name}' is no time zone", near or "Such as Europe/Paris, or UTC.")
        return name

    def schema(self) -> dict[str, Any]:
        """A text."""
        return {"type": "string", "examples": ["Europe/Paris", "UTC"]}


ZONE = Zone()
