"""What kinds of things the vendor keeps, inferred from paths, methods and schemas."""

from verifier.loading.resources.inference import infer_resources

__all__ = ["infer_resources"]
