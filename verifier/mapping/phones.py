"""Telephone numbers, by the numbering plans of ``phonenumbers``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from verifier.mapping.blanks import BLANK
from verifier.mapping.extra import library
from verifier.mapping.trouble import Invalid

__all__ = ["Phone", "dialled", "read_phone", "regions"]

LONGEST = 100
# Digits and what people put between them, and an extension; "call 555-0123 after six" is no number.
WRITTEN = re.compile(
    r"[-+0-9().\/ \u2010-\u2015]+(?:[ ,;]*(?:ext\.?|ext=|extension|x|#)\s*[0-9]{1,7})?", re.I
)


class Phone(NamedTuple):
    """A number as E.164 writes it (``+33612345678``), and the extension, which is no part of it."""

    e164: str
    extension: str


@lru_cache
def _plans() -> Any:
    return library("phonenumbers", needed_for="telephone numbers")


def regions() -> frozenset[str]:
    """The regions (ISO 3166) whose plans are known."""
    return frozenset(_plans().SUPPORTED_REGIONS)


@lru_cache(maxsize=4096)
def read_phone(text: str, region: str) -> Phone:
    """
    A number as somebody wrote it.

    Args:
        region: Where a number without a country code is dialled; empty where nobody has said.

    Raises:
        Invalid: No number of any plan, or one without a country code and no region.
    """
    plans = _plans()
    if len(text) > LONGEST:
        raise Invalid("is too long for a telephone number")
    text = unicodedata.normalize("NFKC", text).strip(BLANK)
    if not WRITTEN.fullmatch(text):
        raise Invalid("has something in it that is no part of a telephone number")
    try:
        number = plans.parse(text, region or None)
    except plans.NumberParseException as error:
        national = error.error_type == plans.NumberParseException.INVALID_COUNTRY_CODE
        why = "has no country code, and no region says which" if national else "is no number"
        raise Invalid(why) from None
    if not plans.is_valid_number(number):
        raise Invalid("is a number of no numbering plan")
    return Phone(plans.format_number(number, plans.PhoneNumberFormat.E164), number.extension or "")


def dialled(e164: str, region: str, form: str) -> str:
    """
    A number as people write it.

    Args:
        form: ``national`` (for those of the region; others are international) or
            ``international``.
    """
    plans = _plans()
    number = plans.parse(e164, None)
    home = form == "national" and plans.country_code_for_region(region) == number.country_code
    forms = plans.PhoneNumberFormat
    return str(plans.format_number(number, forms.NATIONAL if home else forms.INTERNATIONAL))
