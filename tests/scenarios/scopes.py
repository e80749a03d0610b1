"""A moment of a workflow, made by hand."""

import json

from verifier.model import Draft, Exchange, Request, Response
from verifier.scenarios.expressions import Done, Message, Scope, Seen

__all__ = ["answered", "scope"]


def answered(
    status=200, body=None, headers=(), *, kind="application/json", draft=None, request=None
):
    text = body if isinstance(body, str) else json.dumps(body)
    draft = draft or Draft(path={"id": 7}, query={"limit": 10}, body={"name": "Ada"}, has_body=True)
    request = request or Request(
        method="POST",
        path="/pets/7",
        query="limit=10",
        headers=(("Accept", "application/json"), ("X-Trace", "t1")),
        body=json.dumps(draft.body).encode() if draft.has_body else b"",
    )
    response = Response(
        status=status,
        headers=(("Content-Type", kind), *headers),
        body=text.encode() if body is not None else b"",
    )
    exchange = Exchange(
        id="x1", request=request, response=response, base_url="http://vendor.test/v1/"
    )
    return Seen(draft=draft, exchange=exchange)


def scope(**more):
    return Scope(
        **{
            "inputs": {"name": "Ada", "n": 5, "a.b": "dotted", "deep": {"er": {"x": 1}}},
            "outputs": {"bar": [1, 2]},
            "steps": {"find-pet": {"id": 12, "pets": [{"id": 3}], "cursor": None}},
            "workflows": {"login": Done(inputs={"user": "u"}, outputs={"token": "t"})},
            "sources": {"petstore": {"url": "petstore.yaml", "type": "openapi"}},
            "components": {"parameters.page": 1},
            "seen": answered(
                201,
                {"id": "p1", "tags": ["a", "b"], "owner": {"name": None}, "a/b": 1, "m~n": 2},
                headers=(("Location", "/pets/p1"), ("X-Rate-Limit", "10")),
            ),
            "message": Message(headers=(("Webhook-Id", "e1"),), body={"type": "paid"}),
            "self_uri": "https://acme.example/w.arazzo.yaml",
            **more,
        }
    )
