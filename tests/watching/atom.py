"""What RFC 4287 demands of a feed, rule by rule; W3C's feed validator says the same."""

import re
import xml.etree.ElementTree as Xml
from collections import Counter

ATOM = "{http://www.w3.org/2005/Atom}"
DATE = re.compile(  # RFC 3339 with upper-case T and Z (3.3)
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?"
    r"(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
URN_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Names of elements, by how often they may stand in another one (4.1.1, 4.1.2).
ONCE = ("id", "title", "updated")
OFTEN = ("author", "category", "contributor", "link")
FEED = (ONCE, ("generator", "icon", "logo", "rights", "subtitle"), (*OFTEN, "entry"))
ENTRY = (ONCE, ("content", "published", "rights", "source", "summary"), OFTEN)


def atom_faults(raw):
    """Sentences, none for a valid feed."""
    try:
        root = Xml.fromstring(raw)
    except Xml.ParseError as error:
        return [f"no well-formed XML: {error}"]
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    faults = [*_counted(root, FEED), *_common(root), *_authors(root)]
    ids = Counter((_text(e, "id"), _text(e, "updated")) for e in root.iter(f"{ATOM}entry"))
    faults += [f"two entries have the id {id} and one time" for (id, _), n in ids.items() if n > 1]
    for entry in root.iter(f"{ATOM}entry"):
        faults += [*_counted(entry, ENTRY), *_common(entry), *_content(entry)]
    return faults


def _text(parent, name):
    return parent.findtext(f"{ATOM}{name}") or ""


def _counted(parent, allowed):
    once, at_most_once, often = allowed
    found = Counter(child.tag.removeprefix(ATOM) for child in parent)
    for name in once:
        if found[name] != 1:
            yield f"{parent.tag.removeprefix(ATOM)} has {found[name]} {name}"
    yield from (f"{name} stands twice" for name in at_most_once if found[name] > 1)
    known = {*once, *at_most_once, *often}
    yield from (f"{name} is no element of Atom" for name in found if name not in known)


def _common(parent):
    id, updated = _text(parent, "id"), _text(parent, "updated")
    if not IRI.fullmatch(id) or (id.startswith("urn:uuid:") and not URN_UUID.fullmatch(id)):
        yield f"the id {id!r} is no absolute IRI"
    if not DATE.fullmatch(updated):
        yield f"{updated!r} is no date of RFC 3339"
    for kind in ("title", "subtitle", "rights", "summary"):
        for held in parent.findall(f"{ATOM}{kind}"):
            yield from _worded(held)
    for name, attribute in (("category", "term"), ("link", "href")):
        for held in parent.findall(f"{ATOM}{name}"):
            if not held.get(attribute):
                yield f"a {name} has no {attribute}"


def _worded(held):
    """A text construct (3.1): what is no XHTML holds no elements."""
    kind = held.get("type", "text")
    if kind not in ("text", "html", "xhtml"):
        yield f"it is of the type {kind}"
    if kind != "xhtml" and len(held):
        yield "a text holds elements"


def _authors(root):
    """A feed has an author unless each of its entries has one (4.1.1); a person has a name."""
    if root.find(f"{ATOM}author") is None and any(
        entry.find(f"{ATOM}author") is None for entry in root.iter(f"{ATOM}entry")
    ):
        yield "nobody is its author"
    yield from ("an author has no name" for a in root.iter(f"{ATOM}author") if not _text(a, "name"))


def _content(entry):
    """Without content a link to the entry must stand there (4.1.2); text holds no elements."""
    held = entry.find(f"{ATOM}content")
    links = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    if held is None:
        if not links:
            yield "an entry has neither content nor a link"
    elif held.get("type", "text") == "text" and len(held):
        yield "content of the type text holds elements"
