"""Open a page in a real browser, and note what it asks for and what it complains of."""

from __future__ import annotations

import os
import shutil

import pytest

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
needs_chromium = pytest.mark.skipif(
    not CHROMIUM,
    reason="no Chromium on this machine: install one (Debian: apt-get install chromium)",
)
QUIET = (
    *("--disable-gpu", "--disable-quic", "--disable-sync", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
)


def launched(driver):
    """A Chromium, without a sandbox where it would refuse to start with one."""
    alone = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    return driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *alone])


class Visit:
    """A page that was opened; ``asked`` holds every address that it wanted."""

    def __init__(self, browser, address, **options):
        self.context = browser.new_context(**{"reduced_motion": "reduce", **options})
        self.page = self.context.new_page()
        self.asked, self.complaints, self.dialogs = [], [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog), dialog.dismiss()))
        self.page.goto(address)

    def open_everything(self):
        """Open every fold, and wait for the list of exchanges."""
        self.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        self.page.wait_for_selector("#list tbody tr")
        return self.page


# For each text of a picture: its colour, and that of the nearest thing below it that is filled.
LABELS = """() => {
  const rgb = (value) => (value.match(/[\\d.]+/g) || []).map(Number);
  const filled = (colour) => colour.length >= 3 && (colour.length < 4 || colour[3] > 0);
  const ground = (text) => {
    const box = text.getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    for (const element of document.elementsFromPoint(x, y)) {
      if (element.tagName === "text") continue;
      const style = getComputedStyle(element);
      const shape = ["rect", "circle"].includes(element.tagName);
      const colour = rgb(shape ? style.fill : style.backgroundColor);
      if (filled(colour)) return colour;
    }
    return rgb(getComputedStyle(document.body).backgroundColor);
  };
  return [...document.querySelectorAll("svg text")].map((text) => {
    text.scrollIntoView({block: "center"});
    return [text.textContent, rgb(getComputedStyle(text).fill), ground(text)];
  });
}"""


def labels(page):
    """(text, its colour, the colour below it) of every label of every picture."""
    return page.evaluate(LABELS)


def contrast(one, other):
    """Of two colours as [red, green, blue], as WCAG 2.2 measures it."""

    def luminance(colour):
        channels = [value / 255 for value in colour[:3]]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def violations(page):
    """What axe finds wrong, as rule and the first elements."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="there is no axe")
    found = axe.Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]


def pages_of(pdf):
    """How many sheets a PDF has."""
    return pdf.count(b"/Type /Page") - pdf.count(b"/Type /Pages")
