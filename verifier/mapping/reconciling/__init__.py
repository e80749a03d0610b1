"""Two systems' real data held against each other, by a contract."""

from verifier.mapping.reconciling.reconciliation import reconcile
from verifier.mapping.reconciling.report import CLASSES, Reconciliation

__all__ = ["CLASSES", "Reconciliation", "reconcile"]
