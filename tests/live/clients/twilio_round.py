"""Create, read, list, update and delete with Twilio's library. Run with it: URL USER PASSWORD."""

import sys

from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

url, username, password = sys.argv[1:4]


class Here(TwilioHttpClient):
    """Asks the mock in place of the address that is built in."""

    def request(self, method, address, *given, **more):
        return super().request(
            method, address.replace("https://api.twilio.com", url), *given, **more
        )


account = f"AC{'0' * 32}"
client = Client(username, password, account_sid=account, http_client=Here())
home = {"street": "1 Way", "city": "Bern", "region": "BE", "postal_code": "3", "iso_country": "CH"}


def refused(call):
    try:
        call()
    except TwilioRestException as error:
        return error.status
    raise AssertionError("it was not refused")


made = client.addresses.create(customer_name="Ada", friendly_name="home", **home)
assert made.sid.startswith("AD"), made.sid
assert (made.account_sid, made.friendly_name) == (account, "home")
assert made.uri == f"/2010-04-01/Accounts/{account}/Addresses/{made.sid}.json"
assert made.date_created.year > 2000
assert client.addresses(made.sid).fetch().customer_name == "Ada"
for number in range(4):
    client.addresses.create(customer_name=f"n{number}", **home)
listed = [one.customer_name for one in client.addresses.list(page_size=2)]
assert listed == ["Ada", "n0", "n1", "n2", "n3"], listed
changed = client.addresses(made.sid).update(friendly_name="work")
assert (changed.friendly_name, changed.customer_name) == ("work", "Ada")

message = client.messages.create(to="+4112345", from_="+4198765", body="hello")
assert (message.body, client.messages(message.sid).fetch().to) == ("hello", "+4112345")

assert client.addresses(made.sid).delete() is True
assert refused(client.addresses(made.sid).fetch) == 404
stranger = Client("nobody", "wrong", account_sid=account, http_client=Here())
assert refused(stranger.addresses(made.sid).fetch) == 401
