"""The site: Markdown as it stands, the reference written from the code, nothing from elsewhere."""

import sys
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import chapters  # noqa: E402  (it lies beside this file)

project = "verifier"
extensions = ["myst_parser"]
exclude_patterns = ["changelog.d", "chapters", "style", "**/__pycache__"]
nitpicky = True

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]  # a page of reference may begin below its heading

html_theme = "furo"
html_title = "verifier"
html_static_path = ["style/static"]
templates_path = ["style/templates"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_extra_path = ["../reports/sample"]
pygments_style = "friendly"
pygments_dark_style = "github-dark"


def setup(app: Sphinx) -> None:
    """Write the chapters of reference before the pages are found."""
    app.connect("builder-inited", lambda app: chapters.write(HERE / "reference" / "written"))
