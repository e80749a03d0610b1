"""Plan in, outcomes out: the only package that touches a vendor."""

from verifier.probing.clock import RealClock
from verifier.probing.driver import probe
from verifier.probing.progress import Progress

__all__ = ["Progress", "RealClock", "probe"]
