"""What the commands of these tests are given."""

from tests.places import ROOT

__all__ = ["SAMPLE", "TINY"]

SAMPLE = str(ROOT / "specs" / "acme-billing")
TINY = """
openapi: 3.1.0
info: {title: Tiny, version: "1"}
paths:
  /things:
    get:
      security: [{key: []}]
      responses:
        "200": {description: Some.}
components:
  securitySchemes:
    key: {type: http, scheme: bearer}
"""
