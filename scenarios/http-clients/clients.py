"""One request by a well-known HTTP client, as its documentation shows it: clients.py NAME METHOD."""

import asyncio
import os
import sys

URL = os.environ["ACME_URL"]
TOKEN = os.environ["ACME_TOKEN"]
HEADERS = {"Authorization": "Bearer " + TOKEN}
BODY = {
    "customer_id": "cus-ada",
    "total": {"amount": "12.50", "currency": "EUR"},
    "reference": "A-1001",
}


def path(method):
    return "/customers" if method == "GET" else "/invoices"


def body(method):
    return {} if method == "GET" else {"json": BODY}


def requests_(method):
    import requests

    requests.request(method, URL + path(method), headers=HEADERS, **body(method)).json()


def urllib3_pool(method):
    import urllib3

    pool = urllib3.PoolManager()
    pool.request(method, URL + path(method), headers=HEADERS, **body(method)).json()


def requests_retry(method):
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    session = requests.Session()
    retry = Retry(3, backoff_factor=0.3, status_forcelist=(500, 502, 503, 504))
    session.mount("http://", HTTPAdapter(max_retries=retry))
    session.request(method, URL + path(method), headers=HEADERS, **body(method)).json()


def httpx_retries_(method):
    import httpx
    from httpx_retries import Retry, RetryTransport

    transport = RetryTransport(retry=Retry(total=3, backoff_factor=0.5))
    with httpx.Client(transport=transport) as client:
        client.request(method, URL + path(method), headers=HEADERS, **body(method)).json()


def azure_core(method):
    from azure.core import PipelineClient
    from azure.core.pipeline.policies import RetryPolicy
    from azure.core.rest import HttpRequest

    client = PipelineClient(URL, policies=[RetryPolicy(retry_total=3)])
    request = HttpRequest(method, URL + path(method), headers=HEADERS, **body(method))
    client.send_request(request).json()


def openai_(method):
    import openai

    client = openai.OpenAI(api_key=TOKEN, base_url=URL)
    if method == "GET":
        client.get(path(method), cast_to=object)
    else:
        client.post(path(method), cast_to=object, body=BODY)


def stripe_(method):
    import stripe

    client = stripe.StripeClient(TOKEN, base_addresses={"api": URL}, max_network_retries=2)
    client.raw_request(method.lower(), path(method))


def slack_sdk_(method):
    from slack_sdk import WebClient
    from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

    client = WebClient(TOKEN, base_url=URL + "/")
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    client.api_call(path(method)[1:], http_verb=method, **body(method))


def once(method):
    import httpx

    answer = httpx.request(method, URL + path(method), headers=HEADERS, **body(method))
    answer.raise_for_status()
    answer.json()


def tenacity_(method):
    import tenacity

    tenacity.retry(
        stop=tenacity.stop_after_attempt(4), wait=tenacity.wait_random_exponential(max=10)
    )(once)(method)


def stamina_(method):
    import httpx
    import stamina

    stamina.retry(on=httpx.HTTPError, attempts=4)(once)(method)


def backoff_(method):
    import backoff
    import httpx

    backoff.on_exception(backoff.expo, httpx.HTTPError, max_tries=4)(once)(method)


def aiohttp_retry_(method):
    from aiohttp_retry import ExponentialRetry, RetryClient

    async def ask():
        options = ExponentialRetry(attempts=4, start_timeout=0.5)
        async with (
            RetryClient(retry_options=options) as client,
            client.request(method, URL + path(method), headers=HEADERS, **body(method)) as answer,
        ):
            await answer.json()

    asyncio.run(ask())


CLIENTS = {
    "requests": requests_,
    "urllib3": urllib3_pool,
    "requests-retry": requests_retry,
    "httpx-retries": httpx_retries_,
    "azure-core": azure_core,
    "openai": openai_,
    "stripe": stripe_,
    "slack_sdk": slack_sdk_,
    "tenacity": tenacity_,
    "stamina": stamina_,
    "backoff": backoff_,
    "aiohttp-retry": aiohttp_retry_,
}

if __name__ == "__main__":
    CLIENTS[sys.argv[1]](sys.argv[2])
