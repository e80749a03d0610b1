"""An integration's file is read strictly; each mistake is told with its line and its mend."""

import jsonschema
import pytest
import yaml

from tests.places import ROOT
from verifier.errors import ConfigError
from verifier.rehearsing import integration_schema, read_integration

SAMPLES = sorted((ROOT / "scenarios").rglob("*.integration.yaml"))
GOOD = f"""\
integration: it
vendor: {ROOT}/specs/acme-billing
subject:
  command: [sh, -c, "true"]
expect:
  effects: {{createInvoice: one-per-order}}
  orders: orders.jsonl
"""


@pytest.fixture
def file(tmp_path):
    (tmp_path / "orders.jsonl").write_text('{"id": "A-1"}\n')
    return tmp_path / "it.integration.yaml"


def refused(file, text: str) -> str:
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_integration(file)
    return str(caught.value)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_samples_are_read_and_obey_the_schema(sample):
    assert read_integration(sample).name
    jsonschema.validate(yaml.safe_load(sample.read_text()), integration_schema())


def test_a_sound_file_is_read(file):
    file.write_text(GOOD)
    found = read_integration(file)
    assert (found.name, found.expect.effects["createInvoice"]) == ("it", "one-per-order")
    assert found.program.command == ("sh", "-c", "true")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("subject:", "sujbect:", 3, "Did you mean 'subject'?"),
        ("command: [", "comand: [", 4, "Did you mean 'command'?"),
        ("  command: [sh", "  call: a:b\n  command: [sh", 3, "exactly one of"),
        ("command: [sh", "serve: [sh", 3, "needs 'ready'"),
        ("one-per-order", "sometimes", 6, "one-per-order, or a number"),
        ("orders.jsonl", "missing.jsonl", 7, "no file 'missing.jsonl'"),
        ("  orders: orders.jsonl\n", "", 6, "needs 'orders'"),
        ("expect:", 'alerts: {log: "("}\nexpect:', 5, "no regular expression"),
        ("specs/acme-billing", "specs/nobody", 2, "Correct the path"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_mend(file, old, new, line, says):
    assert old in GOOD
    told = refused(file, GOOD.replace(old, new, 1))
    assert f"it.integration.yaml:{line}" in told
    assert says in told
