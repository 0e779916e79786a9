from __future__ import annotations

import tomllib

from analytics.domain.event_log.contract import LANDED_TABLES
from analytics.domain.profiles.documented_key import described
from analytics.etl.mappings.mapping_keys import PLACES, mapping_keys


def test_every_field_that_reads_a_mapping_is_described_and_nothing_else_is() -> None:
    for record in PLACES:
        assert set(described(record)) == set(record.model_fields), record.__name__


def test_every_key_says_where_it_stands_what_it_may_be_and_what_it_means() -> None:
    keys = mapping_keys()
    for record, place in PLACES.items():
        names = {field.alias or name for name, field in record.model_fields.items()}
        listed = {one.name for one in keys if one.place == place}
        assert names - listed <= {"name"}, place
        assert listed <= names, place
    for one in keys:
        assert one.meaning[-1] in ".:)", one
        assert one.kind not in {"", "value"}, one


def test_every_example_is_toml_that_sets_its_key() -> None:
    for one in mapping_keys():
        example = tomllib.loads(one.example)
        assert one.name in example or one.name == "columns", one


def test_the_landed_columns_are_those_of_the_contract() -> None:
    for table in LANDED_TABLES:
        place = f"[source.columns] of {table.name}"
        listed = {one.name for one in mapping_keys() if one.place == place}
        assert set(table.required) <= listed <= {one.name for one in table.columns}
