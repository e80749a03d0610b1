"""What is on its way out: read from documents, answers and calendars into one ledger of days."""

from typing import TYPE_CHECKING

from verifier.late import late
from verifier.lifecycle.notice import Notice, notice

if TYPE_CHECKING:
    from verifier.lifecycle.answers import echoed, of_exchange
    from verifier.lifecycle.calendars import of_calendar
    from verifier.lifecycle.dialects.states import stability
    from verifier.lifecycle.documents import of_document, of_operation, signals_beside
    from verifier.lifecycle.ledger import deadlines
    from verifier.lifecycle.living import Beat, brownouts, is_over, is_zombie
    from verifier.lifecycle.speaking import speakers

__all__ = [
    "Beat",
    "Notice",
    "brownouts",
    "deadlines",
    "echoed",
    "is_over",
    "is_zombie",
    "notice",
    "of_calendar",
    "of_document",
    "of_exchange",
    "of_operation",
    "signals_beside",
    "speakers",
    "stability",
]

__getattr__ = late(__name__)
