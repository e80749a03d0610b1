"""Create, read, list, update and delete with Xero's library. Run with it: URL TOKEN."""

import sys
import uuid

from xero_python.accounting import AccountingApi, Contact, Contacts, Item, Items
from xero_python.api_client import ApiClient
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token
from xero_python.exceptions import NotFoundException

url, token = sys.argv[1:3]
held = {
    "access_token": token,
    "expires_in": 1800,
    "expires_at": 4e9,
    "token_type": "Bearer",
    "refresh_token": "none",
    "scope": ["accounting.contacts", "accounting.settings"],
}
client = ApiClient(Configuration(oauth2_token=OAuth2Token(client_id="c", client_secret="s")))
client.oauth2_token_getter(lambda: held)
client.oauth2_token_saver(held.update)
api = AccountingApi(client)
api.base_url = url
tenant = str(uuid.uuid4())


def refused(call, *asked):
    try:
        call(tenant, *asked)
    except NotFoundException as error:
        return error.status
    raise AssertionError("it was not refused")


ada = api.create_contacts(tenant, Contacts(contacts=[Contact(name="Ada")])).contacts[0]
assert api.get_contact(tenant, ada.contact_id).contacts[0].name == "Ada"
assert ada.updated_date_utc.year >= 2026
api.update_contact(tenant, ada.contact_id, Contacts(contacts=[Contact(name="Ada B")]))
assert [one.name for one in api.get_contacts(tenant).contacts] == ["Ada B"]

made = api.create_items(tenant, Items(items=[Item(code="tea", name="Tea")])).items[0]
api.create_items(tenant, Items(items=[Item(code="cup", name="Cup")]))
assert api.get_item(tenant, made.item_id).items[0].code == "tea"
changed = api.update_item(tenant, made.item_id, Items(items=[Item(code="tea", name="Green")]))
assert changed.items[0].name == "Green"
assert sorted(one.name for one in api.get_items(tenant).items) == ["Cup", "Green"]
api.delete_item(tenant, made.item_id)
assert [one.name for one in api.get_items(tenant).items] == ["Cup"]
assert refused(api.get_item, made.item_id) == 404
