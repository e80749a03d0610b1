"""The hundred edge cases of mappings, as generators of records."""

from verifier.mapping.edges.catalogue import Applied, apply, catalogue, family_of
from verifier.mapping.edges.edge import ORACLES, Edge
from verifier.mapping.edges.ground import Ground, Site
from verifier.mapping.edges.raw import RawJson
from verifier.mapping.edges.shots import Hand, Shot

__all__ = [
    "ORACLES",
    "Applied",
    "Edge",
    "Ground",
    "Hand",
    "RawJson",
    "Shot",
    "Site",
    "apply",
    "catalogue",
    "family_of",
]
