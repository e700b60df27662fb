"""Who takes part in a finished draft that names too few, by its type: the meeting's parties, the two sides, a host."""

from communique.claims.fill.meetings import exercise, session
from communique.claims.fill.papers import adoption, founding, proposal, signing
from communique.claims.fill.sendings import aid, deployment
from communique.claims.fill.trips import appointment, ceremony, decision, visit

FILL = {
    "visit": visit,
    "ceremony": ceremony,
    "appointment": appointment,
    "decision": decision,
    "session": session,
    "adoption": adoption,
    "establishment": founding,
    "signing": signing,
    "aid": aid,
    "deployment": deployment,
    "exercise": exercise,
    "proposal": proposal,
}
