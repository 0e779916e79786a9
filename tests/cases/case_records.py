"""What each case of ``../shared/cases`` must come to, as its ``expected.txt`` says in words."""

from __future__ import annotations

from dataclasses import dataclass

#: Customer, time in UTC, value.
Event = tuple[str, str, float | None]


@dataclass(frozen=True)
class Record:
    """What must become of a case.

    Parameters
    ----------
    landed
        Every event.
    refused
        Line and rule of every refused row.
    either
        Lines whose rows may land or be refused, as the case leaves it open.
    error
        Rule of the refusal of the whole, when nothing may land.
    exit_code
        How the command then ends, where the case is about it.
    says
        Words of its message, or of the notes.
    merged
        Lines that became part of another row's event.
    kinds
        How many events of each type landed, where that is the point.
    set_to
        Texts of the mapping and what a person sets instead, to declare what the file is.
    regions
        Customers and their regions, where the case is about them.
    paying
        Customers, their plans and their monthly revenue, where the case is about them.
    """

    landed: tuple[Event, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()
    either: tuple[int, ...] = ()
    error: str = ""
    exit_code: int = 0
    says: tuple[str, ...] = ()
    set_to: tuple[tuple[str, str], ...] = ()
    merged: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    regions: tuple[tuple[str, str | None], ...] = ()
    paying: tuple[tuple[str, str | None, float | None], ...] = ()


#: Cases that need a run, an export or a report: `test_cases_run` holds a test of each.
PROVED_BY_A_RUN = (
    "enough_history_readme",
    "filter_values",
    "no_action_when_bgnbd_wins",
    "none_churned",
    "refunds_keep_alive",
    "report_beat_it",
    "signup_after_events",
    "single_day",
    "tracker_outage_end",
)


def _events(*rows: tuple[str, str, float | None]) -> tuple[Event, ...]:
    """Let "2025-02-03" stand for its midnight."""
    return tuple((who, at if " " in at else f"{at} 00:00", value) for who, at, value in rows)


def _lines(rule: str, *lines: int) -> tuple[tuple[int, str], ...]:
    return tuple((line, rule) for line in lines)


DAY = "2025-02-03"
ONE = Record(_events(("Zoë", DAY, 1.0)))
NO_NEED = Record(_events(("A", DAY, 5.5), ("B", DAY, None), ("C", DAY, 7.0)))
DECIMALS = Record(_events(("A", DAY, 1.234), ("B", DAY, 59.9)))
ROUNDED = "1.23457E+16"
IDS = (
    "00042", "42", "42.0", "1.23E+15", "NA", "null", "None", "c-1", "C-1", "../../etc", "a/b",
    "=1+1", "👩\u200d👩\u200d👧", "Jose\u0301", "José", "A", "A", "A\u200b", "-", "#N/A",
)  # fmt: skip

RECORDS = {
    "add_overlapping_exports": Record(
        _events(("A", "2025-01-31", 15.0), ("A", DAY, 7.0)),
        merged=1,
        says=("orders_jan_feb.csv holds 2 of the 2 rows of orders_jan.csv", "counts once"),
    ),
    "csv_sci_ids": Record(
        _events(
            (ROUNDED, DAY, 1.0), (ROUNDED, "2025-02-04", 2.0), (ROUNDED, "2025-02-05", 3.0)
        ),
        says=(ROUNDED, "1 customer", "may stand for several"),
    ),
    "customers_two_files_old_wins": Record(
        _events(("A", DAY, 1.0)),
        paying=(
            ("A", "enterprise", 900.0),
            *((f"X{number}", "basic", 1.0) for number in range(5)),
        ),
    ),
    "dup_header": Record(error="columns_differ", says=("'Customer'", "twice")),
    "embedded": Record(
        _events(('A\nB "x"; y', DAY, 1.0), ("C", DAY, 2.0)),
        (
            *_lines("quoting", 5, 6),
            *_lines("columns_counted", 7, 8),
            (9, "customer_id_present"),
            (10, "occurred_at_present"),
        ),
    ),
    "enc_bom": ONE,
    "enc_cp1252_declared": ONE,
    "enc_cp1252_undeclared": Record(_events(("Ann", DAY, 2.0)), _lines("encoding", 2)),
    "enc_header_cp1252": Record(
        error="encoding_as_declared", says=("header", "utf-8", 'encoding = "cp1252"', "Größe")
    ),
    "enc_header_lost_names": Record(_events(("A", DAY, 5.0), ("B", "2025-02-04", 6.0))),
    "enc_header_unmapped_umlaut": Record(
        error="encoding_as_declared", says=("header", "utf-8", 'encoding = "cp1252"')
    ),
    "enc_unknown": Record(error="mapping_valid", says=("encoding", "'utf8-mac'")),
    "enc_utf16_declared": Record(_events(("Zoë", DAY, 1.0), ("a\nb", "2025-02-04", 2.0))),
    "enc_utf16_nobom": Record(error="encoding_as_declared", says=("UTF-16", '"utf-16-le"')),
    "enc_utf16_undeclared": Record(error="encoding_as_declared", says=("UTF-16",)),
    "event_add_negative": Record(_events(("A", DAY, 0.0), ("B", DAY, None)), merged=2),
    "event_id_reused_across_customers": Record(
        _events(
            ("A", DAY, 1.0), ("A", "2025-03-03", 1.0), ("B", "2025-02-04", 2.0),
            ("C", "2025-02-05", 3.0),
        ),
    ),
    "header_case_space": Record(error="columns_present", says=("'Amount'", "'amount'")),
    "ids": Record(_events(*((one, DAY, 1.0) for one in IDS))),
    "jsonl_misc": Record(
        _events(*[("1", DAY, 1.0)] * 3, ('{"id":5}', DAY, None)),
        (
            *_lines("customer_id_present", 4, 5),
            *_lines("json_readable", 7, 8),
            (9, "number_readable"),
        ),
    ),
    "jsonl_typed_number_de": Record(
        _events(
            ("A", DAY, 1.234),
            ("B", DAY, 59.9),
            ("C", DAY, 1234.5),
            ("1234567890123456789", DAY, 1.0),
            ("12345678901234567890123", DAY, 1.0),
        )
    ),
    # NA is nothing in Amount and a region in region; a customer may be called NA.
    "na_region": Record(
        _events(("A", DAY, None), ("NA", "2025-02-04", 2.0)),
        set_to=(
            ('missing=["NA"]', ""),
            ('value = "Amount"', 'value = { column = "Amount", missing = ["NA"] }'),
        ),
        regions=(("A", "NA"), ("NA", "EU")),
    ),
    "na_region_default": Record(
        _events(("A", DAY, 1.0), ("NA", "2025-02-04", 2.0)),
        regions=(("A", "NA"), ("NA", None)),
    ),
    # Returns land with what was given back as a positive value.
    "negative_orders": Record(
        _events(*((f"C{number}", DAY, 5.0) for number in range(9))),
        kinds=(("order", 3), ("return", 6)),
        says=("Negative amounts, which look like returns: 6 of 9",),
    ),
    # An order of -12.5 lands as a return of 12.5.
    "num_accounting": Record(
        _events(
            ("A", DAY, 12.5), ("B", DAY, 12.5), ("C", DAY, 12.5), ("D", DAY, 12.5),
            ("E", DAY, 12.5), ("G", DAY, 1000.0), ("K", DAY, 1.23e15),
        ),
        _lines("number_readable", 7, 9, 10, 11),
        kinds=(("order", 2), ("return", 5)),
        set_to=(('thousands=","', 'thousands=","\nnegative = ["brackets", "trailing_minus"]'),),
    ),
    "num_accounting_remove": Record(
        _events(("C", DAY, 5.0)), _lines("number_readable", 2, 3), kinds=(("return", 1),)
    ),
    "num_currency_mix": Record(
        error="one_currency",
        exit_code=4,
        says=("EUR (1 row)", "JPY (1 row)", "USD (1 row)", "rates"),
    ),
    "num_spaces": Record(
        _events(*((who, DAY, 1234.56) for who in "ABCDE"), ("F", DAY, 1_234_567.0))
    ),
    "num_swiss": Record(_events(("A", DAY, 1234.5)), _lines("number_readable", 3, 4)),
    "parquet_decimal_de": DECIMALS,
    "parquet_decimal_plain": DECIMALS,
    "parquet_empty_dict": NO_NEED,
    "parquet_empty_large_string": NO_NEED,
    "parquet_empty_string": NO_NEED,
    "parquet_pandas3_empty": NO_NEED,
    "ragged_after_multiline": Record(
        _events(("A\nB", DAY, 1.0)),
        ((4, "columns_counted"), (5, "number_readable"), (8, "columns_counted")),
    ),
    "received_before": Record(
        _events(("B", f"{DAY} 10:00", 1.0)),
        ((2, "received_after_occurred"), (4, "time_not_in_future")),
    ),
    "same_day_equal_orders": Record(
        _events(("A", DAY, 5.0)), says=("without an id: 2 rows", 'duplicates = "keep"')
    ),
    "sep_line": Record(error="separator_line", says=("'sep=;'", "skip_lines = 1")),
    "time_Z_literal": Record(
        _events(("A", "2025-07-03 12:00", 1.0), ("B", "2025-07-03 14:00", 1.0))
    ),
    "time_ampm": Record(
        _events(("A", f"{DAY} 19:00", 1.0), ("B", f"{DAY} 05:00", 2.0), ("C", f"{DAY} 19:00", 3.0)),
        _lines("time_readable", 5, 6),
    ),
    "time_badformat": Record(error="mapping_valid", says=("%J", "occurred_at")),
    "time_badzone": Record(error="mapping_valid", says=("zone", "'Europe/Berln'")),
    "time_badzone2": Record(error="mapping_valid", says=("zone", "'CEST'")),
    "time_dst": Record(
        _events(
            ("A", "2025-10-26 00:30", 1.0), ("B", "2025-03-30 01:00", 2.0),
            ("C", "2025-10-26 00:30", 3.0), ("C", "2025-10-26 01:30", 3.0),
        )
    ),
    "time_epoch_ms": Record(
        _events(("A", f"{DAY} 14:00", 1.0), ("D", f"{DAY} 14:00", 4.0)),
        ((3, "time_plausible"), (4, "time_readable"), (6, "time_plausible")),
    ),
    "time_epoch_s": Record(
        _events(("B", f"{DAY} 14:00", 2.0), ("C", f"{DAY} 14:00", 3.0)),
        _lines("time_readable", 2),
    ),
    "time_excel_serial": Record(
        _events(("A", DAY, 1.0), ("B", f"{DAY} 13:59", 2.0)), _lines("time_readable", 4)
    ),
    "time_forms_iso": Record(
        _events(("B", f"{DAY} 19:00", 2.0), ("C", f"{DAY} 14:00", 3.0), ("D", f"{DAY} 13:00", 4.0)),
        _lines("time_readable", 2, 6, 7, 8, 9, 10, 11, 12),
    ),
    "time_future": Record(
        _events(("B", "2026-11-29", 2.0)),
        (
            *_lines("time_not_in_future", 2, 4, 7, 8),
            *_lines("time_plausible", 5, 6),
        ),
    ),
    "time_isoweek": Record(
        error="max_rejects",
        says=("line 2", "'Date'", "'2025-W06-1'", "an ISO week date", 'format = "%G-W%V-%u"'),
    ),
    "time_month_names": Record(_events(("A", DAY, 1.0)), _lines("time_readable", 3, 4)),
    "time_pctZ_default": Record(
        _events(*((who, "2025-07-03 14:00", n) for who, n in (("A", 1.0), ("B", 2.0), ("C", 3.0))))
    ),
    "time_pctZ_onebad": Record(
        _events(("A", "2025-07-03 14:00", 1.0), ("C", "2025-07-03 14:00", 3.0)),
        _lines("time_readable", 3),
    ),
    "time_pctZ_zone": Record(
        _events(("A", "2025-07-03 14:00", 1.0), ("C", "2025-07-03 15:00", 3.0))
    ),
    "time_two_digit_year": Record(
        _events(("A", DAY, 1.0)), ((3, "time_plausible"), (4, "time_not_in_future"))
    ),
    "time_words": Record(_events(("C", DAY, 3.0)), _lines("time_readable", 2, 3, 5)),
    "time_words_iso": Record(_events(("C", DAY, 3.0)), _lines("time_readable", 2, 3, 5)),
    "time_words_zoned": Record(
        _events(("C", f"{DAY} 09:00", 3.0)), _lines("time_readable", 2, 3)
    ),
    "time_z_zone": Record(
        _events(("A", "2025-07-03 14:00", 1.0), ("C", "2025-07-03 13:00", 3.0)),
        _lines("time_readable", 4),
    ),
    "utf16_part_bad": Record(_events(("A", DAY, 5.0)), _lines("nul_character", 3, 4)),
    "wrong_delim": Record(error="columns_present", says=("'Customer'", 'delimiter = ","')),
    "xlsx_1904": Record(_events(("A", f"{DAY} 14:00", 1.0))),
    "xlsx_blank_row_above_header": Record(
        _events(("A", DAY, 1.0)), _lines("number_readable", 4)
    ),
    "xlsx_blank_row_above_header_noskip": Record(error="columns_present", says=("'Customer'",)),
    # The id of line 4 has more digits than Excel keeps: xlsx_long_ids is about it.
    "xlsx_cells": Record(
        _events(
            ("00042", f"{DAY} 14:00", 1.5), ("42", "2025-02-04", 2.0), ("G", DAY, 6.0),
            ("H", DAY, None), ("true", DAY, 1.0), ("0.3", DAY, 1.0),
        ),
        ((5, "customer_id_present"), *_lines("time_readable", 6, 11)),
        either=(4,),
    ),
    "xlsx_date_plus_format": Record(_events(("A", DAY, 1.5), ("B", "2025-02-04", 2.0))),
    "xlsx_title_rows": Record(_events(("A", DAY, 1.0)), _lines("number_readable", 6)),
    "xlsx_typed_number_de": Record(
        _events(
            ("A", DAY, 1.234), ("B", "2025-02-04", 59.9), ("C", "2025-02-05", 1234.5),
            ("D", "2025-02-06", 1_234_567.125), ("E", "2025-02-07", 0.125),
        )
    ),
}  # fmt: skip
