"""A mapping that is wrong says where and how, in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.domain.event_log.contract import LANDED_TABLES
from analytics.errors import BadInput, SilentChurnError, UsageError
from analytics.etl.mappings.mapping_file import SHIPPED_MAPPINGS, load_mapping
from tests.analytics.etl.etl_world import SHOP, mapping_of, write


@pytest.mark.parametrize("name", SHIPPED_MAPPINGS)
def test_every_shipped_mapping_follows_the_schema(name: str) -> None:
    mapping = load_mapping(name)
    assert mapping.name == name
    assert mapping.title
    assert mapping.simulated is (name in {"simulated", "simulated_cdnow"})
    assert {one.to for one in mapping.landing} <= {one.name for one in LANDED_TABLES}


def test_both_mappings_of_simulated_data_are_shipped() -> None:
    assert {"simulated", "simulated_cdnow"} <= set(SHIPPED_MAPPINGS)


def test_a_mapping_file_is_named_after_its_file(tmp_path: Path) -> None:
    assert load_mapping(str(write(tmp_path / "my_shop.toml", SHOP))).name == "my_shop"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('to = "events"', 'to = "event"', "source orders, to: Input should be 'customers'"),
        ('customer_id = "customer"\n', "", "columns of events must have customer_id"),
        ('occurred_at = "at"\n', "", "Events need a time"),
        ("value =", "valeu =", "got 'valeu'"),
        ("format =", "fromat =", "unknown key 'fromat'. Did you mean format?"),
        ('"at"', '{ colum = "at" }', "unknown key 'colum'. Did you mean column?"),
        ('"at"', '{ column = "at", constant = 1 }', "must have one of column, columns, constant"),
        ('"at"', '{ column = "at", offset = "days" }', "must have either anchor or anchor_column"),
        ('"at"', '{ column = "at", zone = "Mars/Olympus" }', "zone must be a name such as"),
        ('"csv"', '"csv"\ndelimiter = ";;"', "at most 1 character"),
        ('"csv"', '"csv"\nquote = ","', "quote and delimiter must differ"),
        ('"csv"', '"csv"\nencoding = "utf-9"', "encoding must be"),
        ('"csv"', '"fixed_width"', "must have positions"),
        ('"csv"', '"sql"', "must have either sql_table or sql_query"),
        ('"csv"', '"csv"\nheader = false', "must have names for its columns"),
        ('"csv"', '"csv"\nread = "orders"', "must have one of path"),
        ('"csv"', '"csv"\nduplicates = "keep"', "for events without event_id"),
        ('"csv"', '"csv"\nattributes = ["x"]', "attributes belong to customers"),
        ('"csv"', '"csv"\nfilter = [{ column = "x", is = "<", value = "y" }]', "compares numbers"),
        ('"csv"', '"csv"\nfilter = [{ column = "x", is = "~", value = "y" }]', "Input should be"),
        ('"csv"', '"csv"\nencoding = "rot13"', "encoding must be"),
        (
            '"csv"',
            '"csv"\nfilter = [{ column = "x", is = "matches", value = "(" }]',
            "needs a regular expression",
        ),
        ('"csv"', '"csv"\nthousands = "."', "decimal and thousands must differ"),
        ("orders*.csv", "../orders.csv", "must lie inside SOURCE"),
    ],
)
def test_a_wrong_mapping_says_where_and_how(before: str, after: str, message: str) -> None:
    assert before in SHOP
    with pytest.raises(UsageError) as caught:
        mapping_of(SHOP.replace(before, after, 1))
    assert message.lower() in caught.value.message.lower()
    assert caught.value.message.startswith("Mapping test: ")
    assert "\n" not in caught.value.message


def test_two_sources_of_one_name_are_refused() -> None:
    with pytest.raises(UsageError, match="ource names must differ; got 'orders' twice"):
        mapping_of(SHOP + SHOP)


def test_a_mapping_without_events_is_refused_with_the_reason() -> None:
    text = SHOP.replace('"events"', '"customers"')
    for line in ("occurred_at", "event_type", "event_id", "value"):
        text = "\n".join(one for one in text.splitlines() if not one.startswith(line))
    with pytest.raises(UsageError, match="must have a source of events"):
        mapping_of(text)


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("cdnow", UsageError, "Did you mean cdnow_"),
        ("nowhere.toml", UsageError, "A mapping must be one of"),
        ("broken.toml", BadInput, "A mapping must be TOML"),
        ("binary.toml", BadInput, "text that is not UTF-8"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, error: type[SilentChurnError],
    message: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "broken.toml", "[[source")
    write(tmp_path / "binary.toml", b"\xff\xfe\x00")
    with pytest.raises(error, match=message):
        load_mapping(name)
