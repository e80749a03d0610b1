"""What kinds of things are reached by calls: ``/conversations.info?channel=C1``, not by paths."""

from verifier.loading.calls.inference import infer_calls

__all__ = ["infer_calls"]
