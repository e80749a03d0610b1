"""A plan as items of pytest: one run, whose outcomes the items tell, one by one."""

from verifier.pytest_items.files import IntegrationFile, ScenarioFile, VendorFile
from verifier.pytest_items.items import PlannedItem

__all__ = ["IntegrationFile", "PlannedItem", "ScenarioFile", "VendorFile"]
