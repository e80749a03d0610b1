"""Operations in, valid requests and requests broken in one way out."""

from verifier.generating.cases import Cases

__all__ = ["Cases"]
