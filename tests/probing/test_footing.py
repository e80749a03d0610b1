"""Where nothing of the document is there, the run says so, and what the document says."""

import copy

import pytest

from tests.probing.running import a_check, run, vendor
from verifier.checks.specimens import ITEMS, Shelf
from verifier.errors import VendorUnreachable
from verifier.model import Draw, Form, Response, Send

KINDS = ("items", "orders", "carts", "notes", "boxes", "bills", "trips", "users")


def several(**more):
    document = copy.deepcopy(ITEMS)
    for kind in KINDS[1:]:
        document["paths"][f"/{kind}"] = {"get": document["paths"]["/items"]["get"]}
    return {**document, **more}


def nowhere(request):
    return Response(status=404, headers=(("content-type", "text/html"),), body=b"<h1>No</h1>")


def reading(*kinds, form=Form.INTACT):
    def flow(vendor):
        for kind in kinds:
            drawn = yield Draw(operation=f"GET /{kind}")
            yield Send(drawn.request.with_credential(form))
        return ()

    return a_check(flow)


def test_a_wrong_base_path_is_asked_about_with_what_the_document_says():
    whom = vendor(several(servers=[{"url": "https://api.example.com/v2"}]))
    with pytest.raises(VendorUnreachable) as told:
        run(reading("items", "orders"), answer=nowhere, whom=whom)
    assert "every answer is 404" in str(told.value)
    assert "base path" in told.value.mend
    assert "https://api.example.com/v2" in told.value.mend


def test_it_is_not_asked_on_and_on():
    asked = []

    def counting(request):
        asked.append(request)
        return nowhere(request)

    with pytest.raises(VendorUnreachable):
        run(reading(*KINDS * 3), answer=counting, whom=vendor(several()), budget=100)
    assert len(asked) <= 8


def test_one_that_is_there_is_foothold_enough():
    sound = Shelf()
    run(reading(*KINDS), answer=sound, whom=vendor(several()))
    assert run(reading("items", *KINDS), answer=sound, whom=vendor(several())).exchanges


def test_one_operation_alone_or_strangers_say_nothing_of_the_path():
    run(reading("orders", "orders"), answer=nowhere, whom=vendor(several()))
    run(reading(*KINDS, form=Form.ABSENT), answer=nowhere, whom=vendor(several()))
