"""Copies every thing of the vendor's into a file, by the links that lead from page to page."""

import http.client
import json
import os
import random
import re
import sys
import time
import urllib.error
import urllib.request

ADDRESS = os.environ["ACME_URL"] + "/things"
NEXT = re.compile(r'<([^>]*)>; rel="next"')


class Nowhere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


OPENER = urllib.request.build_opener(Nowhere)


def asked(address):
    request = urllib.request.Request(
        address, headers={"Authorization": "Bearer " + os.environ["ACME_TOKEN"]}
    )
    deadline = time.monotonic() + 3
    with OPENER.open(request, timeout=3) as answer:
        body = b""
        while chunk := answer.read1(65536):
            body += chunk
            if time.monotonic() > deadline:
                raise TimeoutError("the answer does not end")
        return [row["id"] for row in json.loads(body)], answer.headers.get("Link", "")


def page(address):
    for attempt in range(4):
        try:
            return asked(address)
        except urllib.error.HTTPError as error:
            if error.code < 500:
                raise SystemExit(f"ERROR: it answers {error.code}") from error
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
            print("WARNING:", error, file=sys.stderr)
        time.sleep(random.uniform(0.1, 0.2) * 2**attempt)
    raise SystemExit("ERROR: the vendor does not answer")


def main():
    rows, seen, address = {}, set(), ADDRESS
    while address not in seen:
        seen.add(address)
        found, links = page(address)
        rows |= dict.fromkeys(found)
        link = NEXT.search(links)
        if not link:
            break
        if not link[1].startswith(ADDRESS + "?"):
            print("ERROR: the next page is elsewhere:", link[1], file=sys.stderr)
            return 1
        address = link[1]
    else:
        print("ERROR: the list goes round", file=sys.stderr)
        return 1
    with open("things.tmp", "w") as file:
        file.writelines(json.dumps({"id": id}) + "\n" for id in rows)
    os.replace("things.tmp", "things.jsonl")
    return 0


if __name__ == "__main__":
    sys.exit(main())
