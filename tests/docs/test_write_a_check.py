"""The check that the guide writes works as it stands there, in a package of somebody else's."""

import re
import subprocess
import sys
import tomllib

from tests.places import ROOT

GUIDE = (ROOT / "docs/guides/write-a-check.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
ID = "operations.answers-name-their-version"
PROOF = f"""
from tests.checks.proving import StillClock, findings_of, outcomes_of
from verifier import discovery

check = discovery.checks()["{ID}"]
for kind, (specimen,) in sorted(check.specimens.items()):
    found = findings_of(outcomes_of(check, specimen, StillClock(1e9)))
    print(kind, *dict.fromkeys(one.says for one in found))
"""


def installed(folder):
    """The package of the guide, as an installer leaves it."""
    (python,) = [text for kind, text in BLOCKS if kind == "python" and "answers_name" in text]
    (toml,) = [tomllib.loads(text) for kind, text in BLOCKS if kind == "toml"]
    ((group, points),) = toml["project"]["entry-points"].items()
    ((name, module),) = points.items()
    path = folder / f"{module.replace('.', '/')}.py"
    path.parent.mkdir(parents=True)
    for package in (path.parent, path.parent.parent):
        (package / "__init__.py").touch()
    path.write_text(python)
    info = folder / "acme_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {module}\n")
    return folder


def test_it_is_found_and_is_silent_about_the_sound_and_speaks_about_the_broken(tmp_path):
    paths = f"{installed(tmp_path)}:{ROOT}"
    done = subprocess.run(
        [sys.executable, "-c", PROOF],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": paths, "PATH": "/usr/bin:/bin"},
    )
    broken = "broken An answer does not name the version that gave it."
    assert done.stdout.splitlines() == [broken, "healthy"]
