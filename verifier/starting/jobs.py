"""The job of a CI that gates a build: where each server looks for it, and what it says."""

from __future__ import annotations

__all__ = ["JOBS"]

JOBS = {
    "github": (
        ".github/workflows/{name}.yaml",
        """\
# Stops a build only for what is new. Put the secrets into the repository's settings.
name: {name}
on: [push]
permissions: {{contents: read}}
jobs:
  vendor:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with: {{persist-credentials: false}}
      - run: pipx install vendor-verifier
      - run: verifier gate specs/{name}{mock} --format html --format github --output report
{env}""",
    ),
    "gitlab": (
        ".gitlab-ci.yml",
        """\
# Stops a build only for what is new. The secrets are masked variables of the project.
{name}:
  image: python:3.13-slim
  before_script: [pip install --quiet vendor-verifier]
  script: [verifier gate specs/{name}{mock} --format html --format junit --output report]
  allow_failure: {{exit_codes: [3]}}
  artifacts: {{when: always, paths: [report/], reports: {{junit: report/junit.xml}}}}
""",
    ),
    "none": ("", ""),
}
