"""What German, French and Spanish systems call our events."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Names with their accents; they are found without them too, and ``ü`` as ``ue``.
SYNONYMS_ABROAD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "session": (
            *("besuch", "sitzung", "seitenaufruf", "visite", "page_vue", "visita", "sesión"),
        ),
        "login": (
            *("anmeldung", "einloggen", "angemeldet", "eingeloggt", "connexion", "connecté"),
            *("inicio_de_sesión", "ingreso", "acceso"),
        ),
        "feature_use": ("klick", "nutzung", "clic"),
        "order": (
            *("bestellung", "bestellungen", "bestellt", "kauf", "einkauf", "auftrag", "verkauf"),
            *("commande", "commande_passée", "achat", "vente", "pedido", "compra", "venta"),
        ),
        "top_up": ("aufladung", "guthaben_aufgeladen", "recarga", "rechargement"),
        "data_export": ("datenexport", "exportación", "exportation"),
        "error": ("fehler", "fehlermeldung", "absturz", "erreur"),
        "payment_failed": (
            *("zahlung_fehlgeschlagen", "rücklastschrift", "paiement_refusé", "échec_de_paiement"),
            *("pago_fallido", "pago_rechazado"),
        ),
        "delivery_late": (
            *("lieferverzug", "lieferung_verspätet", "verspätete_lieferung", "livraison_en_retard"),
            *("retard_de_livraison", "entrega_tardía"),
        ),
        "return": (
            *("retoure", "rückgabe", "rücksendung", "gutschrift", "erstattung", "rückerstattung"),
            *("storno", "stornierung", "retour", "remboursement", "avoir"),
            *("devolución", "reembolso", "abono"),
        ),
        "outage": ("ausfall", "störung", "panne", "caída"),
        "ticket_opened": (
            *("anfrage", "supportanfrage", "ticket_eröffnet", "ticket_erstellt", "ticket_ouvert"),
            *("ticket_abierto", "ticket_creado", "demande_de_support"),
        ),
        "ticket_resolved": (
            *("ticket_gelöst", "ticket_geschlossen", "ticket_résolu", "ticket_fermé"),
            *("ticket_resuelto", "ticket_cerrado"),
        ),
        "complaint": (
            "beschwerde",
            "reklamation",
            "réclamation",
            "plainte",
            "queja",
            "reclamación",
        ),
        "refund_request": (
            *("erstattungsantrag", "erstattung_angefordert", "rückerstattung_beantragt"),
            *("demande_de_remboursement", "solicitud_de_reembolso"),
        ),
        "cancel_request": (
            *("kündigung", "kündigungsanfrage", "gekündigt", "résiliation"),
            *("demande_de_résiliation", "solicitud_de_baja", "baja"),
        ),
        "survey_response": ("umfrage", "bewertung", "sondage", "enquête", "encuesta", "valoración"),
        "invoice_paid": (
            *("zahlung", "rechnung", "rechnung_bezahlt", "bezahlt", "paiement", "facture"),
            *("facture_payée", "pago", "factura", "factura_pagada"),
        ),
        "price_increased": ("preiserhöhung", "augmentation_de_prix", "subida_de_precio"),
        "paused": ("pausiert", "suspendu", "pausado"),
    }
)
