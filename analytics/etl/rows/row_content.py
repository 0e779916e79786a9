"""All that a row holds, so that only equal rows are taken for repeats; and each customer's last."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.sources.arrow_types import as_text
from analytics.etl.sources.chunk import Chunk


def last_of_each(customers: pa.Table) -> pa.Table:
    """Keep the last row of each customer: a chunk of a log repeats them thousandfold."""
    reversed_rows = customers.take(pa.array(np.arange(len(customers))[::-1]))
    codes = pc.dictionary_encode(reversed_rows.column("customer_id").combine_chunks()).indices
    _, first = np.unique(codes.to_numpy(), return_index=True)
    return reversed_rows.take(pa.array(first))


def content_of(chunk: Chunk) -> pa.Array:
    """Return a hash of all that each row held, so that only equal rows are taken for repeats."""
    if chunk.texts is not None:
        texts = chunk.texts
    else:
        parts = [
            pc.fill_null(as_text(column.combine_chunks()), "\x00") for column in chunk.rows.columns
        ]
        texts = pc.binary_join_element_wise(*parts, "\x1f")
    values = np.asarray(texts.to_pylist(), dtype=object)
    return pa.array(pd.util.hash_array(values, categorize=False), pa.uint64())
