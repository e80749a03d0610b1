"""Files as users have them: each is read as text, or refused with one clear word."""

import json

import pytest

from tests.mapping.contracts import SHOP
from tests.mapping.reconciling.exports import invoice, order, written
from verifier.errors import ConfigError
from verifier.mapping.opening import open_mapping
from verifier.mapping.reconciling import reconcile
from verifier.mapping.reconciling.engine import engine


@pytest.fixture(scope="module")
def mapping():
    return open_mapping(SHOP)


@pytest.fixture
def invoices(tmp_path):
    return written(tmp_path / "invoices.csv", [invoice("SHOP-0017")])


def test_zeros_and_long_numbers_stay_as_they_are(mapping, invoices, tmp_path):
    mine = written(tmp_path / "orders.csv", [order("0017")])
    assert reconcile(mapping, mine, invoices).clean


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_line_of_names(mapping, invoices, tmp_path, delimiter):
    mine = written(tmp_path / "orders.csv", [order("0017")], delimiter=delimiter)
    assert reconcile(mapping, mine, invoices).clean


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_named_encoding_is_read(mapping, tmp_path, encoding):
    mine = written(
        tmp_path / "o.csv", [order("0017", **{"customer.full_name": "Müller"})], encoding=encoding
    )
    theirs = written(tmp_path / "i.csv", [invoice("SHOP-0017", **{"Contact.Name": "Müller"})])
    assert reconcile(mapping, mine, theirs, encodings=(encoding, "utf-8")).clean


def test_an_encoding_that_shows_itself_is_named(mapping, invoices, tmp_path):
    mine = written(tmp_path / "orders.csv", [order("0017")], encoding="utf-16")
    with pytest.raises(ConfigError) as raised:
        reconcile(mapping, mine, invoices)
    assert "--encoding utf-16" in raised.value.mend


def test_json_lines_and_parquet_are_read_as_text(mapping, invoices, tmp_path):
    record = {
        "id": "0017",
        "status": "pending",
        "currency": "EUR",
        "total": 19.99,
        "created_at": "04/03/2027 09:15",
        "customer": {"full_name": "Ann Lee", "email": "Ann@X.io"},
    }
    mine = tmp_path / "orders.jsonl"
    mine.write_text(json.dumps(record) + "\n")
    assert reconcile(mapping, mine, invoices).clean
    flat = written(tmp_path / "orders.csv", [order("0017")])
    parquet = tmp_path / "orders.parquet"
    with engine() as db:
        db.run(f"COPY (FROM read_csv('{flat}', all_varchar = true)) TO '{parquet}'")
    assert reconcile(mapping, parquet, invoices).clean


def test_a_cell_of_ten_megabytes_is_read(mapping, invoices, tmp_path):
    row = order("0017", note="x" * (10 * 1024 * 1024))
    mine = written(tmp_path / "orders.csv", [row])
    found = reconcile(mapping, mine, invoices)
    assert found.classes["source"]["linked-equal"] == 1
    notes = next(column for column in found.profiles["source"] if column.name == "note")
    assert notes.longest[0] == 10 * 1024 * 1024


BROKEN = {
    "no file": (None, "no such file"),
    "an empty file": (b"", "empty"),
    "a column twice": (b"id,id\n1,2\n", "stands twice"),
    "a column without a name": (b"id,,x\n1,2,3\n", "no name"),
    "mixed encodings": ("id,status\n1,ü\n".encode() + "2,ü\n".encode("cp1252"), "encoding"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_refused_in_a_word(mapping, invoices, tmp_path, name):
    raw, says = BROKEN[name]
    path = tmp_path / "orders.csv"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(ConfigError) as caught:
        reconcile(mapping, path, invoices)
    assert str(path) in caught.value.where
    assert says in f"{caught.value.says} {caught.value.mend}"
    assert "\n" not in caught.value.says


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\n\r\n"])
def test_a_quote_that_never_ends_is_told_with_its_line_and_all_that_it_takes(
    mapping, invoices, tmp_path, ends
):
    """Whatever the line ends are: of several kinds they are read in another way."""
    mine = written(tmp_path / "orders.csv", [order("0017")])
    lines = [*mine.read_text().splitlines(), '18,"pending,EUR']
    lines += [f"{n},pending,EUR,1,04/03/2027 09:15,N,n@x.io" for n in range(19, 1000)]
    mine.write_bytes("".join(line + ends for line in lines).encode())
    found = reconcile(mapping, mine, invoices)
    assert found.classes["source"]["linked-equal"] == 1
    told = found.source.examples[0]
    each = ends.count("\n")
    assert told.line == 3 + 2 * (each - 1)
    assert found.classes["source"]["unreadable"] == told.lines >= 982
    assert "a quote is opened here and not closed: it takes the" in told.says


def test_lines_that_are_no_objects_are_told(mapping, invoices, tmp_path):
    mine = tmp_path / "orders.jsonl"
    mine.write_text('{"id": "0017"}\n[1]\n\n{"id": \n')
    found = reconcile(mapping, mine, invoices)
    assert found.source.broken == 2
    assert [one.line for one in found.source.examples] == [2, 4]


def test_a_column_may_be_named_otherwise(mapping, invoices, tmp_path):
    row = {"Mail" if name == "customer.email" else name: v for name, v in order("0017").items()}
    mine = written(tmp_path / "orders.csv", [row])
    named = reconcile(mapping, mine, invoices, columns={"source.customer.email": "Mail"})
    skipped = [result.field for result in named.fields if result.skipped]
    assert "Contact.EmailAddress" not in skipped
    with pytest.raises(ConfigError, match="no column 'Male'"):
        reconcile(mapping, mine, invoices, columns={"source.customer.email": "Male"})


def test_exports_without_a_common_key_are_refused(mapping, invoices, tmp_path):
    mine = written(tmp_path / "orders.csv", [{"status": "pending"}])
    with pytest.raises(ConfigError, match="key"):
        reconcile(mapping, mine, invoices)
