"""What may stand in ``*.integration.yaml``: one tree, for the reader and for editors."""

from __future__ import annotations

from verifier.loading.declaration import (
    Anything,
    Choice,
    Items,
    MapOf,
    Member,
    Number,
    Record,
    Text,
)

__all__ = ["INTEGRATION"]

COMMAND = Items(Text())
SECONDS = Number(least=0, above=True)

READY = Record(
    {
        "url": Member(kind=Text(), says="An address that answers once it serves."),
        "log": Member(kind=Text(), says="A line that it says once it serves (an expression)."),
        "seconds": Member(kind=SECONDS, says="How long it may take; 15."),
    }
)
TRIGGER = Record(
    {
        "request": Member(
            kind=Text(pattern=r"(GET|POST|PUT) http://\S+", wants="'POST http://...'"),
            says="A request that is answered when the job is done.",
        ),
        "command": Member(kind=COMMAND, says="A program that ends when the job is done."),
    }
)
SUBJECT = Record(
    {
        "command": Member(kind=COMMAND, says="A program that does one job and ends."),
        "serve": Member(kind=COMMAND, says="A program that serves until it is ended."),
        "call": Member(
            kind=Text(pattern=r"[\w.]+:[\w.]+", wants="module:function"),
            says="A Python callable without arguments.",
        ),
        "ready": Member(kind=READY, says="For serve: how it says that it serves."),
        "trigger": Member(kind=TRIGGER, says="For serve: how it is told to do a job."),
        "workdir": Member(
            kind=Text(), says="Its folder, copied for each start; that of this file."
        ),
        "env": Member(
            kind=MapOf(kind=Text()),
            says="Variables that it gets; {vendor.url} and {vendor.token.NAME} are filled in.",
        ),
        "inherit": Member(kind=Items(Text()), says="Variables of ours that it gets, by name."),
        "timeout_seconds": Member(kind=SECONDS, says="How long one job may take; 30."),
    }
)
ALERTS = Record(
    {
        "exit_code": Member(kind=Choice(("nonzero", "none")), says="Whether it is an alert."),
        "log": Member(kind=Text(), says="An expression that is found in a line that it says."),
        "file": Member(kind=Text(), says="A file of its own that then has something in it."),
    }
)
WEBHOOKS = Record(
    {
        "url": Member(
            kind=Text(pattern=r"http://\S+", wants="an http address"),
            says="Where it receives them; {port} is a free one.",
            required=True,
        ),
        "secret": Member(kind=Text(), says="That they are signed with; made up if left out."),
        "signature": Member(kind=Text(), says="Scheme; that of the document if left out."),
        "state": Member(
            kind=Text(), says="Where effects are seen: 'GET http://...', or a file of its own."
        ),
        "events": Member(kind=Items(Text()), says="Events to send; the document's if left out."),
        "within_seconds": Member(kind=SECONDS, says="How long it may take to answer; 5."),
    }
)
EXPECT = Record(
    {
        "effects": Member(
            kind=MapOf(kind=Anything()),
            says="Operation to how often it takes effect: one-per-order, or a number.",
        ),
        "orders": Member(kind=Text(), says="File with its work: JSON lines, a JSON list, CSV."),
        "key": Member(kind=Text(), says="Member that tells one record from another."),
        "rejected": Member(kind=Text(), says="File of its own with the records that it refused."),
        "kept": Member(kind=Text(), says="File of its own with records kept for a human."),
        "copies": Member(
            kind=MapOf(kind=Text()),
            says="Resource to the file of its own in which each item must stand once.",
        ),
        "seed": Member(
            kind=MapOf(kind=Anything()),
            says="Resource to what the vendor has from the beginning: items, or their number.",
        ),
        "attempts": Member(
            kind=Number(least=1, whole=True), says="The most requests for one piece of work; 6."
        ),
        "elapsed_seconds": Member(
            kind=SECONDS, says="The longest that a job may try while the vendor is down; 60."
        ),
    }
)
INTEGRATION = Record(
    {
        "integration": Member(kind=Text(), says="Its name.", required=True),
        "vendor": Member(
            kind=Text(), says="The vendor's document, vendor.yaml or folder.", required=True
        ),
        "subject": Member(kind=SUBJECT, says="How it is started.", required=True),
        "alerts": Member(kind=ALERTS, says="How it says that a human is needed."),
        "webhooks": Member(kind=WEBHOOKS, says="If it receives any."),
        "expect": Member(kind=EXPECT, says="What must be there when all is done."),
        "principals": Member(
            kind=MapOf(kind=Items(Text())),
            says="Credentials made for it: name to scopes; the vendor's if left out.",
        ),
        "skip": Member(
            kind=MapOf(kind=Text()), says="Episodes that are not played, each with a reason."
        ),
    }
)
