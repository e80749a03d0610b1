"""A mock vendor as a service: assembled from a document, listening, controlled, kept up to date."""

from verifier.serving.assembling import Assembly, assemble
from verifier.serving.scripts import play_scripts
from verifier.serving.service import Addresses, Service

__all__ = ["Addresses", "Assembly", "Service", "assemble", "play_scripts"]
