"""claims.yaml: what a vendor answered to the questionnaire, and what is to be connected."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from verifier import questionnaire
from verifier.errors import ConfigError
from verifier.loading.declaration import Choice, Maybe, Member, Number, Record, Text
from verifier.loading.setting import Setting, open_settings
from verifier.model import ANSWERS, Claim, Claims, Costs, Extent, Landscape, Question

__all__ = ["blank_claims", "claims_schema", "read_claims"]

DAY = Text(pattern=r"\d{4}-\d{2}-\d{2}", wants="a day such as 2026-11-27")
CLAIM = Record(
    {
        "answer": Member(
            kind=Maybe(Choice(ANSWERS)), says="Left empty as long as nobody has answered."
        ),
        "says": Member(kind=Maybe(Text()), says="The vendor's own words."),
        "link": Member(
            kind=Maybe(Text(pattern=r"https?://\S+", wants="an address such as https://a.example")),
            says="Where it is written, or shown.",
        ),
        "date": Member(kind=Maybe(DAY), says="When it was said."),
        "person": Member(kind=Maybe(Text()), says="Who said it."),
        "expires": Member(
            kind=Maybe(DAY), says="The last day on which it counts; asked again after that."
        ),
    }
)
COUNT = Number(least=1, whole=True)
EXTENT = {
    "systems": Member(kind=COUNT, says="Systems to be connected, the vendor's among them."),
    "links": Member(kind=COUNT, says="Pairs of systems that exchange data."),
}
COSTS = Record(
    {
        name: Member(kind=Number(least=0), says=says)
        for name, says in {
            "link": "Days to build a direct link.",
            "hub": "Days to choose, buy and set up a hub.",
            "adapter": "Days to connect one system to the hub.",
            "upkeep": "Share of a link's or an adapter's days that it costs again every year.",
            "fee": "The hub's price of a year, in days.",
            "years": "How far ahead is reckoned.",
        }.items()
    }
)
LANDSCAPE = Record(
    {
        **{
            name: Member(kind=one.kind, says=one.says, required=True)
            for name, one in EXTENT.items()
        },
        "planned": Member(kind=Record(EXTENT), says="The same, a few years on."),
        "days": Member(kind=COSTS, says="What it costs; usual figures where left out."),
    }
)
HEAD = """\
# yaml-language-server: $schema=claims.schema.json
# What the vendor answered. An answer is yes, partly, no or not-applicable; it takes a date and a
# person, and may have the vendor's words (says), a link, and a last day (expires).
# 'verifier letter' asks for what is open; 'verifier schema claims' describes this file.
"""
SYSTEMS = """
# What is to be connected, for the question of a direct link or a hub:
# landscape: {systems: 2, links: 1, planned: {systems: 4, links: 5}}
"""


def _record() -> Record:
    known = {
        id: Member(kind=Maybe(CLAIM), says=questionnaire.asks(id))
        for id in questionnaire.enquiries()
    }
    return Record(
        {
            "claims": Member(kind=Maybe(Record(known)), says="Enquiry to answer.", required=True),
            "landscape": Member(kind=Maybe(LANDSCAPE), says="What is to be connected."),
        }
    )


def read_claims(path: Path) -> Claims:
    """
    The claims of a file; what has no answer yet is left out.

    Raises:
        ConfigError: It cannot be used as written.
    """
    top = open_settings(path, beginning="claims:")
    given = _record().read(top)
    places = _places(top)
    said = {
        id: _claim(one, places.get(id, str(path)))
        for id, one in (given["claims"] or {}).items()
        if one and one.get("answer")
    }
    landscape = given.get("landscape")
    return Claims(said=said, landscape=_landscape(landscape) if landscape else None, given=True)


def _places(top: Setting) -> dict[str, str]:
    claims = top.members()["claims"]
    return {} if claims.is_null() else {id: one.where for id, one in claims.members().items()}


def _claim(given: Mapping[str, Any], where: str) -> Claim:
    for name in ("date", "person"):
        if not given.get(name):
            raise ConfigError(
                f"this answer needs '{name}'",
                where=where,
                mend="Say who said so and when: an answer that nobody gave is none.",
            )
    return Claim(
        answer=given["answer"],
        date=_day(given["date"], where),
        person=given["person"],
        says=given.get("says") or "",
        link=given.get("link") or "",
        expires=_day(given["expires"], where) if given.get("expires") else None,
        where=where,
    )


def _day(text: str, where: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            f"'{text}' is no day", where=where, mend="Write it as 2026-11-27."
        ) from None


def _landscape(given: Mapping[str, Any]) -> Landscape:
    now = Extent(systems=given["systems"], links=given["links"])
    later = given.get("planned", {})
    planned = Extent(systems=later.get("systems", now.systems), links=later.get("links", now.links))
    return Landscape(now=now, planned=planned, costs=Costs(**given.get("days", {})))


def blank_claims(language: str = "en") -> str:
    """A file with every enquiry and no answer, to be filled in."""
    return HEAD + "claims:\n" + "".join(_blanks(language)) + SYSTEMS


def _blanks(language: str) -> Iterator[str]:
    known = questionnaire.enquiries()
    for question in Question:
        mine = [one for one in known.values() if one.question is question]
        if mine:
            yield f"\n  # {question.asks}\n\n"
        for one in mine:
            yield f"  # {questionnaire.asks(one.id, language)}\n"
            yield f"  {one.id}: {{answer: , date: , person: }}\n"


def claims_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of claims.yaml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "claims.yaml",
        "description": "What a vendor answered to the questionnaire. A claim is never proof.",
        **_record().schema(),
    }
