"""What a vendor is asked: some seventy enquiries, each with the checks that test its answer."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from verifier.catalogue import catalogue
from verifier.model import Enquiry, Question

__all__ = ["asks", "enquiries"]

PACKAGE = "verifier.questionnaire"


@cache
def enquiries() -> dict[str, Enquiry]:
    """Id to enquiry, in the order of the questions."""
    data = tomllib.loads(files(PACKAGE).joinpath("enquiries.toml").read_text("utf-8"))
    return {
        id: Enquiry(id=id, question=Question(one["question"]), checks=tuple(one.get("checks", ())))
        for id, one in data.items()
    }


def asks(id: str, language: str = "en") -> str:
    """
    An enquiry in words.

    Raises:
        UsageError: There is no such language.
        KeyError: There is no such enquiry.
    """
    return catalogue(PACKAGE, language)(id)
