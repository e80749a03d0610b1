"""``*.integration.yaml``: read strictly, and described as JSON Schema."""

from verifier.rehearsing.reading.file import integration_schema, read_integration

__all__ = ["integration_schema", "read_integration"]
