"""In which currency each amount came, and the amount in the one currency of the landing."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

#: Column of amounts of money of the landed tables that say a currency.
AMOUNT_COLUMNS = {"events": "value", "customers": "monthly_revenue"}

_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₺": "TRY", "₩": "KRW"}
_WORDS = {"EURO": "EUR", "EUROS": "EUR", "DOLLAR": "USD", "DOLLARS": "USD", "US$": "USD"}
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN")
_CODE = r"(?i)(?:^|[^a-z])(?P<code>[a-z]{3})(?:[^a-z]|$)"
#: Codes looked for in amounts; other three letters there (per, pcs) are no currency.
_CODES = pa.array([
    "AED", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR",
    "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "MXN", "MYR", "NGN", "NOK",
    "NZD", "PHP", "PLN", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH",
    "USD", "VND", "ZAR",
])  # fmt: skip


def named_currencies(words: pa.Array, base: str) -> pa.Array:
    """Return codes for words such as ``eur``, ``€`` or ``Euro``; other words in capitals.

    Parameters
    ----------
    base
        Code of the landing's currency: a bare ``$`` is that one where it is a dollar.
    """
    upper = pc.utf8_upper(words)
    known = {**_SIGNS, **_WORDS, "$": _dollar(base)}
    found = pc.index_in(upper, value_set=pa.array(list(known)))
    return pc.coalesce(pa.array(list(known.values())).take(found), upper)


def written_currencies(amounts: pa.Array, base: str) -> pa.Array:
    """Return the codes of currencies written beside amounts, ``€ 50`` or ``50 EUR``; else null."""
    codes = pc.utf8_upper(pc.struct_field(pc.extract_regex(amounts, _CODE), "code"))
    nothing = pa.scalar(None, pa.string())
    found = pc.if_else(pc.is_in(codes, value_set=_CODES), codes, nothing)
    for sign, code in {**_SIGNS, "$": _dollar(base)}.items():
        found = pc.coalesce(found, pc.if_else(pc.match_substring(amounts, sign), code, nothing))
    return found


def unknown_currency(amounts: pa.Array, codes: pa.Array, rates: Mapping[str, float]) -> pa.Array:
    """Return which rows have an amount in a currency without a rate."""
    known = pc.is_in(codes, value_set=pa.array(list(rates), pa.string()))
    return pc.and_(pc.is_valid(amounts), pc.and_(pc.is_valid(codes), pc.invert(known)))


def converted(amounts: pa.Array, codes: pa.Array, rates: Mapping[str, float]) -> pa.Array:
    """Return amounts times the rate of their currency; an amount that names none is left."""
    factors = pa.array(list(rates.values()), pa.float64()).take(
        pc.index_in(codes, value_set=pa.array(list(rates), pa.string()))
    )
    return pc.multiply(amounts, pc.fill_null(factors, 1.0))


def _dollar(base: str) -> str:
    return base if base in _DOLLARS else "USD"
