"""Amounts of several currencies are never added up as one: converted at rates, or refused."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from analytics.domain.profiles.profile_file import load_profile
from analytics.errors import ContractFailed, UsageError
from analytics.etl.values.currencies import named_currencies, written_currencies
from analytics.pipeline.observing.chosen_profile import in_currency_of
from tests.analytics.etl.etl_world import SHOP, land, land_text, mapping_of, rejects, rows, write

NAMED = SHOP + 'currency = "money"\n'
IN_EUR = 'currency = "EUR"\nrates = { USD = 0.5 }\n'
BODY = "id,customer,at,amount,money\n1,a,2024-01-01,10,EUR\n2,a,2024-01-02,10,USD\n"
WRITTEN = SHOP.replace(
    'value = "amount"', 'value = { column = "amount", remove = ["€", "$", "EUR", "USD", "JPY"] }'
)
SIGNS = "id,customer,at,amount\n1,a,2024-01-01,€ 10\n2,a,2024-01-02,10 USD\n3,a,2024-01-03,10\n"


def test_amounts_are_converted_at_the_rates_of_the_mapping_and_told(tmp_path: Path) -> None:
    result = land_text(tmp_path, BODY, mapping_of(IN_EUR + NAMED))
    assert result.landed is not None
    assert rows(result.landed.events, "value, currency") == [(10.0, "EUR"), (5.0, "USD")]
    report = result.report
    sentence = "1 amounts in USD were converted at the fixed rate of the mapping, 1 USD = 0.5 EUR."
    assert report.assumptions == (sentence,)
    assert (report.currency, sentence in report.warnings) == ("EUR", True)


def test_a_currency_without_a_rate_is_refused_by_name(tmp_path: Path) -> None:
    content = BODY + "3,a,2024-01-03,900,JPY\n4,a,2024-01-04,,JPY\n5,a,2024-01-05,1,\n"
    result = land_text(tmp_path, content, mapping_of(IN_EUR + NAMED))
    assert rejects(result) == [(4, "currency_known")]
    assert result.rejects is not None
    reason = "value must be in EUR or USD, or its currency have a rate. Got 'JPY'."
    assert rows(result.rejects / "rejects.parquet", "reason") == [(reason,)]
    assert result.report.events == 4


@pytest.mark.parametrize(
    ("text", "content"), [(NAMED, BODY), (WRITTEN, SIGNS)], ids=["column", "signs"]
)
def test_several_currencies_without_a_word_of_the_mapping_stop_the_ingest(
    tmp_path: Path, text: str, content: str
) -> None:
    with pytest.raises(ContractFailed, match=r"EUR \(1 row\), USD \(1 row\)") as caught:
        land_text(tmp_path, content, mapping_of(text))
    assert (caught.value.rule, caught.value.exit_code) == ("one_currency", 4)
    assert 'currency = "EUR" and rates = { USD = … }' in caught.value.message


def test_signs_and_codes_beside_amounts_count_as_their_currency(tmp_path: Path) -> None:
    result = land_text(tmp_path, SIGNS, mapping_of(IN_EUR + WRITTEN))
    assert result.landed is not None
    assert rows(result.landed.events, "value, currency") == [
        (10.0, "EUR"), (5.0, "USD"), (10.0, None),
    ]  # fmt: skip
    without = land_text(tmp_path, SIGNS, mapping_of('currency = "EUR"\n' + WRITTEN))
    assert rejects(without) == [(3, "currency_known")]


def test_the_only_currency_that_rows_name_is_that_of_the_landing(tmp_path: Path) -> None:
    result = land_text(tmp_path, BODY.replace("USD", "eur"), mapping_of(NAMED))
    assert result.report.currency == "EUR"
    # The settings' currency decides where the mapping is silent.
    settled = land_text(tmp_path, BODY, mapping_of(NAMED), currency="USD")
    assert (rejects(settled), settled.report.currency) == ([(2, "currency_known")], "USD")


def test_monthly_revenue_has_a_currency_too(tmp_path: Path) -> None:
    people = (
        '[[source]]\nname = "people"\nto = "customers"\npath = "people.csv"\nformat = "csv"\n'
        '[source.columns]\ncustomer_id = "who"\nmonthly_revenue = "mrr"\ncurrency = "money"\n'
    )
    write(tmp_path / "in" / "orders.csv", BODY)
    write(tmp_path / "in" / "people.csv", "who,mrr,money\na,100,$\nb,10,€\nc,7,DKK\n")
    result = land(tmp_path, mapping_of(IN_EUR + NAMED + people), tmp_path / "in")
    assert result.landed is not None
    assert rows(result.landed.customers, "customer_id, monthly_revenue, currency") == [
        ("a", 50.0, "USD"), ("b", 10.0, "EUR"),
    ]  # fmt: skip
    assert rejects(result) == [(4, "currency_known")]


def test_what_is_added_to_a_landing_is_in_its_currency(tmp_path: Path) -> None:
    land_text(tmp_path, BODY, mapping_of(IN_EUR + NAMED))
    with pytest.raises(ContractFailed, match=r"must be in EUR.* Got USD"):
        land_text(tmp_path, BODY, mapping_of('currency = "USD"\n' + SHOP), append=True)
    assert land_text(tmp_path, BODY, mapping_of(SHOP), append=True).report.currency == "EUR"


def test_a_column_that_looks_like_a_currency_and_is_not_named_is_told(tmp_path: Path) -> None:
    content = BODY.replace(",money", ",Currency Code")
    warnings = land_text(tmp_path, content, mapping_of(SHOP)).report.warnings
    assert any('name it in the mapping: currency = "Currency Code"' in one for one in warnings)


def test_rates_need_a_currency_and_are_above_zero() -> None:
    with pytest.raises(UsageError, match="currency is missing"):
        mapping_of("rates = { USD = 0.5 }\n" + SHOP)
    with pytest.raises(UsageError, match="greater than 0"):
        mapping_of('currency = "EUR"\nrates = { USD = 0 }\n' + SHOP)


def test_words_and_signs_of_currencies() -> None:
    words = pa.array(["eur", "€", "Euro", "$", "US$", "CHF", "points", None])
    assert named_currencies(words, "").to_pylist() == [
        "EUR", "EUR", "EUR", "USD", "USD", "CHF", "POINTS", None,
    ]  # fmt: skip
    assert named_currencies(pa.array(["$"]), "CAD").to_pylist() == ["CAD"]
    amounts = pa.array(["€50", "50 $", "CHF 1'000", "50.00 per pcs", "5000 JPY", "50", None])
    assert written_currencies(amounts, "AUD").to_pylist() == [
        "EUR", "AUD", "CHF", None, "JPY", None, None,
    ]  # fmt: skip


def test_a_run_takes_the_currency_of_the_landing_before_that_of_the_profile() -> None:
    retail = load_profile("retail")
    assert in_currency_of(retail, "USD", "").currency == "USD"
    assert in_currency_of(retail, "", "CHF").currency == "CHF"
    assert in_currency_of(retail, "", "").currency == retail.currency
    with pytest.raises(UsageError, match="a label converts nothing"):
        in_currency_of(retail, "USD", "CHF")
