"""The file ``*.mapping.yaml``: read strictly, every value with its line."""

from verifier.mapping.contract.declaration import mapping_schema
from verifier.mapping.contract.reading import read_contract

__all__ = ["mapping_schema", "read_contract"]
