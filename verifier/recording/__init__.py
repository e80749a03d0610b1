"""The wiretap: redacted, journalled as it happens, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.late import late

if TYPE_CHECKING:
    from verifier.recording.journal import Recorder
    from verifier.recording.reading import read
    from verifier.recording.redaction import Redaction
    from verifier.recording.usage import RunUsage, usage_of

__all__ = ["Recorder", "Redaction", "RunUsage", "read", "usage_of"]

__getattr__ = late(__name__)
