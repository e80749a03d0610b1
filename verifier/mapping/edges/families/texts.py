"""C. Strings, Unicode, length, encodings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from verifier.mapping.edges.edge import Edge
from verifier.mapping.edges.ground import Ground, Site
from verifier.mapping.edges.keys import look_alikes
from verifier.mapping.edges.shots import Shot

__all__ = ["EDGES"]

FORMS = ("Zoë Ångström", "Café Crème", "Nguyễn", "한국어", "é")
EMOJI = "\N{GRINNING FACE}"
FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}\u200d\N{BOY}"
ASTRAL = ("𠮷野家", EMOJI, "\N{MATHEMATICAL BOLD CAPITAL A}bc")
UNSEEN = ("\u202eabc", "a\u200fb", "\u2066x\u2069", "a\u00adb", "a\u200db")
CONTROLS = ("a\r\nb", "a\nb", "a\x00b", "a\tb", "\x1b[31mred", "a\u2028b", "a\x85b")
CASES = ("straße", "İstanbul", "ΟΔΥΣΣΕΥΣ", "ǅ", "IJmuiden", "MCDONALD", "mcDonald")
COMPATIBLE = ("ＡＢＣ１２３", "ﬁne", "٣٤٥", "x²", "№ 5", "℡")
ENCODINGS = ("MÃ¼ller", "\ufeffx", "â€œquoteâ€\x9d", "\ufffd", "“quoted”", "€ 5", "Müller")
ESCAPED = ("Tom & Jerry <Ltd>", "&#039;", "&amp;amp;", "&lt;b&gt;", "O'Neill & Sons", "&copy 2027")
MARKED = (
    "<b>bold</b><script>x()</script>",
    "<p>a</p><ul><li>b</li></ul>",
    "**a** _b_",
    "a < b and c > d",
)
FORMULAS = ("=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0")
LONGEST = 5000


def _forms(ground: Ground) -> Iterator[Shot]:
    for form in ("NFC", "NFD"):
        texts = [unicodedata.normalize(form, text) for text in FORMS]
        yield from ground.each(ground.texts, texts)


def _rooms(site: Site, ground: Ground) -> set[int]:
    """The lengths at which something may happen to a text: the source's bound, and the targets'."""
    bounds = {site.facts.longest}
    bounds |= {ground.mapping.target.facts(rule.target).longest for rule in site.rules}
    return {bound for bound in bounds if bound is not None and 0 < bound <= LONGEST}


def _lengths(ground: Ground) -> Iterator[Shot]:
    for site in ground.texts:
        for room in sorted(_rooms(site, ground)):
            texts = [
                "x" * room,
                "x" * (room + 1),
                EMOJI * (room // 2),
                EMOJI * (room // 2 + 1),
                EMOJI * room,
                "é" * room,
                "日" * (room // 3 + 1),
                "1" * (room + 1),
            ]
            for text in texts:
                yield ground.shot(site.path, text, f"{site.path} has {len(text)} of {text[:1]!r}")


def _cuts(ground: Ground) -> Iterator[Shot]:
    for site in ground.texts:
        for room in sorted(_rooms(site, ground)):
            for cluster in (EMOJI, FAMILY, "e\u0301", "\N{REGIONAL INDICATOR SYMBOL LETTER F}" * 2):
                for back in (1, 2, 5):
                    text = "x" * max(room - back, 0) + cluster * 3
                    words = f"a cluster of {len(cluster)} stands at {room - back} of {site.path}"
                    yield ground.shot(site.path, text, words)


def _of(values: tuple[str, ...]) -> Callable[[Ground], Iterator[Shot]]:
    def shots(ground: Ground) -> Iterator[Shot]:
        return ground.each(ground.texts, values)

    return shots


TEXT = "a field that holds text"
EDGES = (
    Edge(
        number=22,
        title="an accent in one letter, or in two",
        wrong="Two spellings that look alike are two people.",
        oracles="MD",
        seen="RhetTbull/osxphotos#1085",
        needs=TEXT,
        shots=_forms,
    ),
    Edge(
        number=23,
        title="length in characters, in UTF-16 units, in bytes",
        wrong="The text is counted otherwise than the target counts.",
        oracles="VD",
        seen="mattermost/mattermost-data-warehouse#1273",
        needs="a text with a bound of length",
        shots=_lengths,
    ),
    Edge(
        number=24,
        title="a cut through a family of emoji",
        wrong="Half a character is left.",
        oracles="VD",
        seen="mozilla/fxa-profile-server#186",
        needs="a text with a bound of length",
        shots=_cuts,
    ),
    Edge(
        number=25,
        title="a character of four bytes",
        wrong="It is lost, or everything behind it.",
        oracles="TL",
        seen="craftcms/shopify#107",
        needs=TEXT,
        shots=_of(ASTRAL),
    ),
    Edge(
        number=26,
        title="marks of direction, characters without width",
        wrong="A name shows another one than is stored.",
        oracles="PD",
        seen="spoofed names",
        needs=TEXT,
        shots=_of(UNSEEN),
    ),
    Edge(
        number=27,
        title="control characters, line breaks",
        wrong="A row of CSV breaks in two, or the text ends at the zero.",
        oracles="VTD",
        needs=TEXT,
        shots=_of(CONTROLS),
    ),
    Edge(
        number=28,
        title="case is not one to one",
        wrong="ß becomes two letters, İ another one.",
        oracles="MD",
        needs=TEXT,
        shots=_of(CASES),
    ),
    Edge(
        number=29,
        title="full-width letters, ligatures, other digits",
        wrong="٣ counts as a digit, and is read as 3.",
        oracles="PD",
        needs=TEXT,
        shots=_of(COMPATIBLE),
    ),
    Edge(
        number=30,
        title="text that went through a wrong encoding",
        wrong="It is made worse, or mended where nobody asked.",
        oracles="D",
        seen="spreadsheet exports",
        needs=TEXT,
        shots=_of(ENCODINGS),
    ),
    Edge(
        number=31,
        title="HTML entities",
        wrong="They are escaped twice, or read where they are meant as they stand.",
        oracles="MD",
        seen="Starktail/woocommerce_fusion#180",
        needs=TEXT,
        shots=_of(ESCAPED),
    ),
    Edge(
        number=32,
        title="markup in a text",
        wrong="Tags are shown, or what stands between them is lost.",
        oracles="D",
        needs=TEXT,
        shots=_of(MARKED),
    ),
    Edge(
        number=33,
        title="a text that a spreadsheet takes for a formula",
        wrong="It is carried out where the export is opened.",
        oracles="PD",
        needs=TEXT,
        shots=_of(FORMULAS),
    ),
    Edge(
        number=34,
        title="letters that look alike in a key",
        wrong="A stranger's record is taken for the customer's.",
        oracles="B",
        seen="fraud",
        needs="a key of text that records are matched by",
        hands=look_alikes,
    ),
)
