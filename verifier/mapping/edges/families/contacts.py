"""E. Email, phone, address."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.mapping.edges.edge import Edge
from verifier.mapping.edges.ground import Ground
from verifier.mapping.edges.keys import (
    case_of_keys,
    placeholder_keys,
    same_key_other_person,
    tagged,
    two_spellings,
)
from verifier.mapping.edges.shots import Shot

__all__ = ["EDGES"]

EMAILS = {
    44: ("SAME@X.io", "Ada@Example.COM", "ada@EXAMPLE.com", "INFO.IDA@MAIL.IO"),
    45: ("a+tag@x.io", "a.b.c@x.io", "a_b-c@x.io"),
    46: ("ada@exämple.de", "ada@xn--exmple-cua.de"),
    47: (
        '"a b"@x.io',
        "a@localhost",
        "a@@x.io",
        "@x.io",
        "a@",
        ".a@x.io",
        "a..b@x.io",
        "a@-x.io",
        "a b@x.io",
        f"{'a' * 64}@x.io",
        f"{'a' * 65}@x.io",
        f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 20}.io",
    ),
    48: ("a@x.io;b@x.io", "a@x.io, b@x.io", "Ada <ada@x.io>"),
    49: ("info@x.io", "noreply@x.io", "none@none.com"),
}
HOME = {
    "FR": ("06 12 34 56 78", "0612345678", "06.12.34.56.78", "01 23 45 67 89"),
    "US": ("(212) 555-0123", "212-555-0123", "1 212 555 0123", "2125550123"),
    "GB": ("020 7946 0958", "07912 345678"),
    "DE": ("030 901820", "0151 23456789"),
    "IT": ("06 1234 5678", "347 123 4567"),
}
ABROAD = ("+33612345678", "+44 20 7946 0958", "+1 212 555 0123", "+250 788 123 456")
TRUNK = {
    "FR": ("+33 (0)6 12 34 56 78", "0033612345678", "00 33 6 12 34 56 78", "0039 06 1234 5678"),
    "US": ("+1 (212) 555-0123", "011 33 6 12 34 56 78"),
}
WRONG = ("12", "0612", "abc", "+999 123 456 78", "00", "+", "06 12 34 56 78 / 07", "١٢٣")
EXTENDED = ("{} ext. 12", "{} x12", "{};ext=12")
POSTCODES = ("01730", "SW1A 1AA", "D-10115", "12345-6789", "00000", "1011 AB", "123456789012")
COUNTRIES = ("NO", "HK", "IE", "GB", "ON", "fr", "France", "FRA", "XX", "UK")
STREETS = ("Lange Gasse 7\n2. Stock", "x" * 120, "Flat 3, The Old Mill, Mill Lane", "7")


def _emails(number: int) -> Callable[[Ground], Iterator[Shot]]:
    def shots(ground: Ground) -> Iterator[Shot]:
        for site in ground.of_kind("email"):
            declared = site.value.meaning.placeholders if site.value.meaning else ()
            more = declared if number == 49 else ()
            yield from ground.each((site,), (*EMAILS[number], *more))

    return shots


def _phones(ground: Ground) -> Iterator[Shot]:
    for site in ground.of_kind("phone"):
        home = HOME.get(site.given.get("region", ""), ())
        others = [numbers[0] for numbers in HOME.values()]
        yield from ground.each((site,), dict.fromkeys((*home, *ABROAD, *others, *WRONG)))


def _trunk(ground: Ground) -> Iterator[Shot]:
    for site in ground.of_kind("phone"):
        region = site.given.get("region", "")
        texts = (*TRUNK.get(region, ()), "+39 06 1234 5678", "+44 (0)20 7946 0958")
        yield from ground.each((site,), texts)


def _extended(ground: Ground) -> Iterator[Shot]:
    for site in ground.of_kind("phone"):
        home = HOME.get(site.given.get("region", ""), ABROAD)[0]
        yield from ground.each((site,), [form.format(home) for form in EXTENDED])


def _spellings(ground: Ground) -> Iterator[Shot]:
    for site in ground.of_kind("phone"):
        yield from ground.each((site,), HOME.get(site.given.get("region", ""), ABROAD))


def _postcodes(ground: Ground) -> Iterator[Shot]:
    return ground.each(ground.of_kind("postcode"), POSTCODES)


def _countries(ground: Ground) -> Iterator[Shot]:
    return ground.each(ground.of_kind("country"), COUNTRIES)


def _streets(ground: Ground) -> Iterator[Shot]:
    return ground.each(ground.of_kind("address_line"), STREETS)


EMAIL = "a field that means an email address"
PHONE = "a field that means a telephone number"
EDGES = (
    Edge(
        number=44,
        title="an email in capitals",
        wrong="The same person is there twice.",
        oracles="BMD",
        needs=EMAIL,
        shots=_emails(44),
        hands=case_of_keys,
    ),
    Edge(
        number=45,
        title="tags and dots in an email",
        wrong="They are taken off, and two people become one.",
        oracles="LDB",
        needs=EMAIL,
        shots=_emails(45),
        hands=tagged,
    ),
    Edge(
        number=46,
        title="a domain with other letters than ASCII",
        wrong="The two spellings of one domain are two addresses, or it crashes.",
        oracles="BD",
        needs=EMAIL,
        shots=_emails(46),
    ),
    Edge(
        number=47,
        title="an email that is none, or hardly one",
        wrong="Everything with an @ is taken.",
        oracles="PV",
        needs=EMAIL,
        shots=_emails(47),
    ),
    Edge(
        number=48,
        title="several emails in one field",
        wrong="They are written as they stand.",
        oracles="P",
        needs=EMAIL,
        shots=_emails(48),
    ),
    Edge(
        number=49,
        title="an email that stands for nobody, or for many",
        wrong="Strangers become one customer.",
        oracles="BP",
        seen="customeros/customeros#970",
        needs=EMAIL,
        shots=_emails(49),
        hands=placeholder_keys,
    ),
    Edge(
        number=50,
        title="one email, two people",
        wrong="A wife's orders are her husband's.",
        oracles="B",
        seen="shopware/shopware#18164",
        needs="a key that records are matched by, and a name",
        hands=same_key_other_person,
    ),
    Edge(
        number=51,
        title="a telephone number without country code",
        wrong="Another country is called.",
        oracles="PD",
        seen="ArnasDon/wacrm#586",
        needs=PHONE,
        shots=_phones,
    ),
    Edge(
        number=52,
        title="(0), 00, and Italy's zero",
        wrong="A zero too many or too few.",
        oracles="D",
        seen="daviddrysdale/python-phonenumbers#48",
        needs=PHONE,
        shots=_trunk,
    ),
    Edge(
        number=53,
        title="an extension",
        wrong="It becomes part of the number.",
        oracles="LD",
        seen="call centres",
        needs=PHONE,
        shots=_extended,
    ),
    Edge(
        number=54,
        title="two spellings of one number",
        wrong="The same person is there twice.",
        oracles="BD",
        seen="nyaruka/rapidpro#6998",
        needs=PHONE,
        shots=_spellings,
        hands=two_spellings,
    ),
    Edge(
        number=55,
        title="a postal code with a leading zero, or with letters",
        wrong="It becomes a number, and another town.",
        oracles="D",
        seen="wpsharks/s2member#1148",
        needs="a field that means a postal code",
        shots=_postcodes,
    ),
    Edge(
        number=56,
        title="country codes, names, and Norway",
        wrong="NO is false, and UK is no country.",
        oracles="XP",
        seen="PyYAML's default types",
        needs="a field that means a country",
        shots=_countries,
    ),
    Edge(
        number=57,
        title="a street over several lines",
        wrong="It is cut, and nobody is told.",
        oracles="LD",
        needs="a field that means a line of an address",
        shots=_streets,
    ),
)
