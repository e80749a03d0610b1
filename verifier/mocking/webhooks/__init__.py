"""Telling others what happened: which events, to whom, signed how, and again until it is heard."""

from verifier.mocking.webhooks.courier import Courier
from verifier.mocking.webhooks.message import Attempt, Message
from verifier.mocking.webhooks.newsroom import Newsroom
from verifier.mocking.webhooks.outbox import Outbox
from verifier.mocking.webhooks.rounds import Rounds

__all__ = ["Attempt", "Courier", "Message", "Newsroom", "Outbox", "Rounds"]
