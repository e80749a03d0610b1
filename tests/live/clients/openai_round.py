"""Create, read, list, update and delete with OpenAI's library. Run with it: URL TOKEN."""

import sys

import openai

url, token = sys.argv[1:3]
client = openai.OpenAI(api_key=token, base_url=url, max_retries=0)


def refused(error, call, *asked, **named):
    try:
        call(*asked, **named)
    except error as told:
        return told.status_code
    raise AssertionError("it was not refused")


stores = client.vector_stores
made = stores.create(name="first", metadata={"a": "b"})
assert (made.name, made.metadata) == ("first", {"a": "b"})
assert stores.retrieve(made.id).id == made.id
assert stores.update(made.id, name="changed").name == "changed"
for name in ("b", "c", "d"):
    stores.create(name=name)
# In pages of two, which the library turns by itself.
assert sorted(one.name for one in stores.list(limit=2)) == ["b", "c", "changed", "d"]
assert stores.delete(made.id).deleted is True
assert refused(openai.NotFoundError, stores.retrieve, made.id) == 404

said = client.chat.completions.create(
    model="gpt-4o", messages=[{"role": "user", "content": "hello"}]
)
assert said.choices[0].message.role == "assistant"
assert refused(openai.APIStatusError, client.chat.completions.create, model=5, messages=[]) == 400

client.api_key = "nobody"
assert refused(openai.AuthenticationError, stores.list) == 401
