"""D. Names of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.mapping.absent import ABSENT
from verifier.mapping.edges.edge import Edge
from verifier.mapping.edges.ground import Ground
from verifier.mapping.edges.shots import Shot

__all__ = ["EDGES"]

WHOLE = {
    35: ("Sukarno", "Prince"),
    36: ("Ludwig van Beethoven", "Gabriel García López", "Oscar de la Hoya", "Vincent van Gogh"),
    37: ("毛泽东", "Kovács Enikő", "Nguyễn Văn A", "Lee, Ann"),
    38: ("Martin Luther King Jr.", "Dr. Ada Byron", "Ada Byron PhD", "Henry Ford II"),
    39: ("ACME Ltd", "Gärten & Söhne GmbH", "Smith, Jones & Sons"),
    40: ("Ann  Lee", "Anne-Marie O’Brien", "Sinéad O'Neill", "Ann\u00a0Lee"),
    41: ("Null", "True", "NA", "None", "undefined", "NaN", "NO"),
    42: ("Ann Lee", "Ada Byron King"),
}


def _named(number: int) -> Callable[[Ground], Iterator[Shot]]:
    def shots(ground: Ground) -> Iterator[Shot]:
        for site in ground.of_kind("person_name"):
            shape = site.given.get("shape")
            for name in WHOLE[number]:
                yield ground.shot(site.path, name)
            if shape != "full":
                yield from _in_parts(ground, WHOLE[number])

    return shots


def _in_parts(ground: Ground, names: tuple[str, ...]) -> Iterator[Shot]:
    """A name over the fields for its parts: the first word here, the others there."""
    parts = {site.given.get("shape"): site.path for site in ground.of_kind("person_name")}
    if not {"given", "family"} <= set(parts):
        return
    for name in names:
        first, _, rest = name.partition(" ")
        given = (parts["given"], first if rest else ABSENT)
        yield Shot(ground.with_values(given, (parts["family"], rest or first)), f"{name} in parts")
        given = (parts["given"], first if rest else None)
        yield Shot(ground.with_values(given, (parts["family"], rest or first)), f"{name} in parts")


def _guests(ground: Ground) -> Iterator[Shot]:
    for rule, _ in ground.mapping.contract.rules():
        if len(rule.sources) < 2 or rule.combine or rule.table:
            continue
        for gone in range(1, len(rule.sources)):
            pairs = [(path, ABSENT) for path in rule.sources[:gone]]
            words = f"{rule.target} comes from its source number {gone + 1}"
            yield Shot(ground.with_values(*pairs), words)


NAME = "a field that means a person's name"
EDGES = (
    Edge(
        number=35,
        title="a name of one word",
        wrong="The missing family name becomes a dot, or the same word again.",
        oracles="PD",
        seen="mailchimp/mc-magento2#840",
        needs=NAME,
        shots=_named(35),
    ),
    Edge(
        number=36,
        title="particles, and several family names",
        wrong="The last word is taken for all of the family name.",
        oracles="RD",
        needs=NAME,
        shots=_named(36),
    ),
    Edge(
        number=37,
        title="the family name comes first",
        wrong="People are called by their family name.",
        oracles="RD",
        needs=NAME,
        shots=_named(37),
    ),
    Edge(
        number=38,
        title="a title, a suffix",
        wrong="Jr. becomes the family name.",
        oracles="LD",
        needs=NAME,
        shots=_named(38),
    ),
    Edge(
        number=39,
        title="a company in a person's field",
        wrong="It is taken apart.",
        oracles="PD",
        needs=NAME,
        shots=_named(39),
    ),
    Edge(
        number=40,
        title="spaces, hyphens and apostrophes in a name",
        wrong="They are levelled where nobody asked, and matching misses.",
        oracles="MD",
        needs=NAME,
        shots=_named(40),
    ),
    Edge(
        number=41,
        title="people who are called Null, True or NA",
        wrong="Their name counts as missing.",
        oracles="D",
        needs=NAME,
        shots=_named(41),
    ),
    Edge(
        number=42,
        title="a name that grows with each cycle",
        wrong="The full name is written back into the first.",
        oracles="R",
        seen="frappe/erpnext_shopify#96",
        needs=NAME,
        shots=_named(42),
    ),
    Edge(
        number=43,
        title="a guest: the name stands elsewhere",
        wrong="The other field is never looked at.",
        oracles="D",
        seen="mailchimp/mc-magento2#609",
        needs="a field with several sources that are tried in order",
        shots=_guests,
    ),
)
