"""Create, read, list, update and delete with DigitalOcean's library. Run with it: URL TOKEN."""

import sys

from azure.core.exceptions import HttpResponseError
from azure.core.pipeline.policies import _authentication
from pydo import Client

url, token = sys.argv[1:3]
# It sends no token to whom it cannot be sure of; what listens here is this machine.
_authentication._enforce_https = lambda request: None
client = Client(token=token, endpoint=url)


def refused(call, *asked):
    try:
        return call(*asked)["id"]
    except HttpResponseError as error:
        return error.status_code


wanted = {"name": "web", "size": "s-1vcpu-1gb", "image": "ubuntu-20-04-x64", "region": "nyc3"}
droplet = client.droplets.create(wanted)["droplet"]
assert droplet["name"] == "web"
assert client.droplets.get(droplet["id"])["droplet"]["id"] == droplet["id"]
assert [one["name"] for one in client.droplets.list()["droplets"]] == ["web"]

client.domains.create({"name": "example.com"})
record = client.domains.create_record(
    "example.com", {"type": "A", "name": "www", "data": "192.0.2.1", "ttl": 1800}
)["domain_record"]
client.domains.patch_record("example.com", record["id"], {"type": "A", "name": "blog"})
records = client.domains.list_records("example.com")["domain_records"]
assert [(one["name"], one["data"]) for one in records] == [("blog", "192.0.2.1")]
client.domains.delete_record("example.com", record["id"])
assert client.domains.list_records("example.com")["domain_records"] == []

for name in "abcde":
    client.tags.create({"name": name})
names, page = [], 1
while page:
    told = client.tags.list(per_page=2, page=page)
    names += [one["name"] for one in told["tags"]]
    page = page + 1 if "next" in told["links"]["pages"] else 0
assert sorted(names) == ["a", "b", "c", "d", "e"], names
assert told["meta"]["total"] == 5

client.droplets.destroy(droplet["id"])
assert refused(client.droplets.get, droplet["id"]) in (404, "not_found")
