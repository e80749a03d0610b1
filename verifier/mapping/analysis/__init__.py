"""What can be said about a contract without a record: by its two documents alone."""

from verifier.mapping.analysis.analysis import Analysis, analyse, analysis_rules
from verifier.mapping.analysis.coverage import Effort
from verifier.mapping.analysis.finding import Finding, Weight, Witness

__all__ = ["Analysis", "Effort", "Finding", "Weight", "Witness", "analyse", "analysis_rules"]
