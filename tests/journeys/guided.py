"""A guide's commands in the order in which a reader types them, and a vendor to type them at."""

import re
from datetime import UTC, datetime, timedelta

from tests.places import ROOT

__all__ = ["DOCUMENT", "PROFILE", "commands", "typed"]

ABSENT = re.compile(r"<!-- absent: [^>]+ -->\n+(?: {4}.*\n|\n(?= {4}))+")
SHOWN = re.compile(r"^ {4}((?:verifier|export|git add) (?:.*\\\n)*.*)$", re.MULTILINE)
COMMENT = re.compile(r"\s{2,}#\s.*$")
USUAL = "--base-url https://sandbox.acme.example/v1 --principal me=bearer:env:ACME_TOKEN"
RUN = re.compile(r"reports/acme/(?:RUN|\d{8}-\d{6}-[0-9a-f]{4})")
DAY = re.compile(r"--until \d{4}-\d{2}-\d{2}")

DOCUMENT = """\
openapi: 3.1.0
info: {title: Acme, version: "1"}
security: [{oauth: []}]
paths:
  /orders:
    get:
      operationId: listOrders
      security: [{oauth: ["orders:read"]}]
      responses:
        "200": {description: Some., content: {application/json: {schema: {type: object}}}}
        "401": {description: Who?}
  /invoices:
    post:
      operationId: createInvoice
      security: [{oauth: ["invoices:write"]}]
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses:
        "201": {description: Made., content: {application/json: {schema: {type: object}}}}
        "401": {description: Who?}
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://auth.acme.example/token
          scopes: {"orders:read": Read., "invoices:write": Write.}
"""
PROFILE = """\
name: acme
document: openapi.yaml
environment: sandbox
base_url: URL
limits: {per_second: 0}
principals:
  me: {kind: bearer, token: "${ACME_TOKEN}", scopes: ["orders:read", "invoices:write"]}
"""


def commands(guide):
    """What a guide has typed, but for blocks that it marks as needing what may be absent."""
    text = ABSENT.sub("", (ROOT / "docs/guides" / f"{guide}.md").read_text())
    return [COMMENT.sub("", line.replace("\\\n", " ")).strip() for line in SHOWN.findall(text)]


def typed(line, *, url, document, run):
    """A command as a reader would fill it in: with their vendor, their run, and days to come."""
    line = line.replace(" ... ", f" {USUAL} ").replace("--base-url", "--rate 0 --base-url")
    line = line.replace("https://sandbox.acme.example/v1", url)
    line = line.replace("https://developer.acme.example/openapi.yaml", document)
    soon = (datetime.now(UTC) + timedelta(days=60)).date()
    return DAY.sub(f"--until {soon}", RUN.sub(run, line))
