"""Colours: each is a token, and stands out from its ground in both themes."""

import re
from importlib.resources import files

import pytest

CSS = (files("verifier.reporting") / "templates" / "report.css").read_text()
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
TOKENS = {name: (light, dark) for name, light, dark in PAIR.findall(CSS)}
TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "link") for ground in ("page", "panel")),
    *((tone, ground) for tone in ("good", "warn", "bad", "none") for ground in ("page", "panel")),
    *((tone, f"{tone}-tint") for tone in ("good", "warn", "bad", "none")),
]
GRAPHICS = [("edge", "page"), ("good", "page"), ("warn", "page"), ("bad", "page"), ("link", "page")]


def luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_guideline_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(ink, ground, theme):
    assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), GRAPHICS)
def test_parts_of_pictures_stand_out_from_the_page(part, ground, theme):
    assert contrast(TOKENS[part][theme], TOKENS[ground][theme]) >= 3


def test_no_colour_stands_outside_the_tokens():
    rules = CSS.partition("}")[2]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)", rules) == []
