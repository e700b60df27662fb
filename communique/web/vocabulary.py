"""Words of the codebook that the pages show, so that the catalogues hold them. Only the tests read ``WORDS``."""

from __future__ import annotations

TYPES = (
    "visit", "talks", "session", "call", "message", "signing", "adoption", "establishment", "upgrade", "proposal",
    "exercise", "deployment", "aid", "appointment", "ceremony", "decision",
)  # fmt: skip
"""Types of engagements."""

WORDS = (
    # kinds
    "person", "engagement", "mechanism", "instrument", "tie", "commitment", "position", "state", "pair", "nothing",
    *TYPES,
    # acts of commitments
    "agree", "pledge", "propose", "urge", "support", "welcome", "hope", "direct",
    # status
    "held", "ongoing", "planned", "proposed", "cancelled", "postponed", "denied", "active", "agreed", "ended",
    "in force", "adopted", "under negotiation", "open", "due", "overdue", "followed up", "superseded",
    # scope, mode, form
    "bilateral", "multilateral", "domestic", "online", "hybrid", "in person", "regular", "special", "informal",
    "extraordinary",
    # roles
    "host", "guest", "chair", "attendee", "head of delegation", "sender", "recipient", "signatory", "proposer",
    "donor", "beneficiary", "subject", "party", "addressed", "appointed",
    # levels
    "head of state", "party chief", "head of government", "speaker", "deputy head of government", "minister",
    "chief of staff", "vice minister", "director",
    # kinds of mechanisms
    "meeting", "dialogue", "framework", "programme", "network", "centre", "group", "hotline", "organisation",
    # topics
    "maritime security", "south china sea", "counter terrorism", "peacekeeping", "disaster relief (HADR)",
    "military medicine", "public health", "defence industry", "cyber", "war legacy", "training education",
    "high level exchange", "confidence building", "regional architecture", "trade investment", "tourism",
    "supply chain", "border", "law enforcement", "party and people", "legal", "culture history", "other",
    # fields
    "kind", "type", "status", "date", "since", "until", "place", "mode", "mechanisms", "ordinal", "form", "topics",
    "topic", "year", "outlet", "language", "review", "name", "acronym", "in Latin letters", "date as written",
    "year taken from", "called the first", "not before", "not after", "country", "city", "participants", "parties",
    "actors", "counterparties", "act", "content", "offices", "rank", "level", "scope", "founded", "lifecycle",
    "parent", "points", "quantities", "assets", "places", "holder", "voice", "grade", "made on", "text", "source",
    "took part", "role", "capacity",
    # review
    "machine", "accepted", "corrected", "rejected", "accept", "reject", "correct", "same", "different",
    "reader", "reviewer", "keeper",
    # conflicts
    "values differ", "impossible", "two spellings", "correction", "perhaps one", "less exact", "all",
    # parts of pages, where a date comes from
    "article", "teaser", "metadata", "url", "printed", "unknown",
    # how mechanisms stand to each other
    "under", "has under it", "plus format of", "has the plus format", "working group of", "has the working group",
    "prepares", "prepared by", "successor of", "succeeded by",
    # oddities of a round
    "dates differ", "doubled", "out of order", "also told without its number",
    # further words that a person may choose or fill in
    "attributed", "by", "centrality", "concern", "deliverable", "doc coc", "event", "general", "international law",
    "inviter", "joint", "navigation", "no force", "peaceful settlement", "self", "via", "within",
    # marks of dates
    " (about)", " (uncertain)", " (about, uncertain)",
)  # fmt: skip
