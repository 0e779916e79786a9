"""What people call the columns of a log, in several languages, the likeliest name first."""

from __future__ import annotations

import re

CUSTOMER = (
    *("customer_id", "customerid", "client_id", "account_id", "user_id", "userid", "member_id"),
    *("customer_no", "customer_number", "kundennummer", "kunden_nr", "kundennr", "id_cliente"),
    *("customer", "client", "account", "user", "member", "kunde", "cliente", "buyer", "shopper"),
    *("subscriber", "requester", "learner", "student", "patient", "contact", "visitor", "email"),
    "subscription",
)
TIME = (
    *("occurred_at", "timestamp", "event_time", "order_date", "ordered_at", "invoice_date"),
    *("purchase_date", "created_at", "created", "opened_at", "opened", "datetime", "date_time"),
    *("date", "time", "day", "datum", "zeitpunkt", "bestelldatum", "fecha", "when", "ts", "at"),
    *("erstellt_am", "erstellt"),
)
NOT_THE_TIME = (
    *("updated", "modified", "due", "closed", "resolved", "solved", "delivered", "shipped"),
    *("gelöst", "geschlossen", "geändert", "aktualisiert"),
    *("birth", "expires", "end", "ended", "paid_at", "first", "last", "received"),
)
TYPE = (
    *("event_type", "event_name", "event", "action", "type", "activity", "what", "kind"),
    *("ereignis", "aktion", "typ"),
)
ID = (
    *("event_id", "order_id", "order_no", "order_number", "order", "invoice_no", "invoice"),
    *("transaction_id", "ticket_id", "ticket", "case_id", "bestellnummer", "bestell_nr"),
    *("bestellnr", "auftragsnummer", "auftragsnr", "rechnungsnummer", "rechnungsnr", "belegnummer"),
    *("ticketnummer", "ticketnr", "vorgangsnummer", "numero_commande", "numero_pedido"),
    *("receipt", "id", "nr", "no", "number", "uuid", "guid", "name"),
)
#: How names of running numbers end, in several languages; short endings as a word of their own.
ENDS_LIKE_AN_ID = re.compile(
    r"((^|_)(id|no|num|n|ref|key)|orderno|invoiceno|receiptno|nr|nummer|number|numero|número|numéro)$"
    r"|^(numero|número|numéro|nº|n)_"
)
VALUE = (
    *("amount", "total", "total_price", "order_total", "grand_total", "revenue", "value"),
    *("net", "gross", "sales", "subtotal", "paid", "price", "sum", "betrag", "summe", "umsatz"),
    *("importe", "montant", "satisfaction", "score", "rating"),
)
QUANTITY = ("quantity", "qty", "units", "menge", "anzahl", "lineitem_quantity")
UNIT_PRICE = ("unit_price", "unitprice", "price_each", "price", "einzelpreis", "lineitem_price")
#: What a row of a log may tell of its customer, and what such columns are called.
TOLD = {
    "plan": ("plan", "tier", "subscription", "product_plan"),
    "segment": ("segment", "customer_segment", "customer_type", "customer_group"),
    "region": ("region", "country", "land", "state", "pais", "billing_country", "market"),
    "channel": ("channel", "sales_channel", "utm_source", "traffic_source"),
    "name": ("customer_name", "client_name", "account_name", "company", "company_name"),
}
KEYS = {"id", "no", "nr", "number", "key", "code", "userid", "customerid", "kundennummer"}
#: Columns of few words that tell of a state and not of what happened.
STATES = {"status", "state", "stage", "via", "channel", "priority", "payment", "fulfillment"}
#: Columns that hold an answer or a mark that somebody gave, which is no event of the log.
ANSWERS = {
    *("score", "satisfaction", "rating", "csat", "nps", "grade", "answer", "feedback", "survey"),
    *("sentiment", "review", "zufriedenheit", "bewertung", "antwort"),
}
#: What a row of a help desk is called, and the words of the time at which it began.
TICKETS = {"ticket", "tickets", "case", "issue", "ticketnummer", "ticketnr", "ticketid"}
BEGINS = {"created", "opened", "submitted", "erstellt", "eröffnet", "date", "time", "datum"}
OF_TICKETS = {"ticket_opened", "ticket_reopened", "ticket_resolved"}
#: Words of a file's name that tell of the file and not of its rows.
OF_FILES = {"export", "exports", "exported", "download", "report", "log"}
#: The time at which something that began was over, by the event that it began with.
ENDS = {
    "ticket_opened": ("ticket_resolved", ("resolved", "solved", "closed", "gelöst", "geschlossen"))
}
