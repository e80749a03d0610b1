"""The stages of a request's way, one a file; ``verifier.mocking.pipeline`` has their order."""
