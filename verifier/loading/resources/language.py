"""The English of API paths: what is plural, what is a verb."""

from __future__ import annotations

import re
from functools import lru_cache

from verifier.loading.view import word_set, words

__all__ = ["asks", "creates", "is_infrastructure", "is_plural", "is_verb", "singular", "stem"]

# Segments that say what to do. Those that are nouns as well count only where nothing is read
# there: see 'is_verb'.
VERBS = word_set(
    """
    accept acknowledge activate add adjust allow answer append apply approve archive assign
    attach authorize ban batch block boost bulk calculate cancel capture chain change charge
    check checkin checkout claim clean clear clone close collect commit compare complete compute
    confirm contains convert copy count create deactivate decline delete deny deploy deprovision
    detach disable disconnect dismiss dispatch download drain duplicate edit enable end enqueue
    estimate evaluate execute exists expire export extend fail fetch find finalize finish flag
    flush follow forward freeze fulfill generate get grant hide hold import increment initiate
    insert install instantiate invalidate invite issue join kick kill leave like link list load
    lock login logout lookup mark match merge migrate move mute notify open parse patch pause
    pay perform pin ping play preview print process promote provision publish purge push put
    query reactivate read rebuild receive recover redact redeliver redo refresh refund register
    reject release reload remove rename renew reopen reorder replace replay reply report request
    rerequest rerun resend reset resize resolve restart restore resume retry return reverse
    revert revise revoke rollback rotate run save scan schedule search select send set settle
    share shutdown sign simulate skip snooze sort split star start stop submit subscribe suspend
    swap switch sync tag terminate test toggle touch track transfer transform translate trigger
    trim unarchive unassign unblock uncheck undelete undo unfollow unfreeze uninstall unlink
    unlock unmute unpin unpublish unregister unstar unsubscribe untag update upgrade upload
    upsert validate verify void vote wait withdraw write
    """
)

NOUNS_TOO = word_set(
    """
    answer assign batch block boost bulk capture change charge check claim collect commit compare
    copy count dispatch draft export flag forward hold import issue join label like link list load
    lock log mark match merge notify order patch pause pin ping play print process project push
    query read record refund release replay reply report request reset return review revert run
    scan schedule search share sign sort split star start stop swap switch sync tag test touch track
    transfer trigger update upgrade upload vote wait
    """
)
"""Verbs that also begin the names of things: ``check-runs``, ``issue-types``."""

INFRASTRUCTURE = word_set(
    """
    api authorize batch docs graphql health healthcheck healthz heartbeat info livez login
    logout metrics oauth oauth2 openapi ping ready readyz robots shutdown status swagger token
    version versions
    """
)

UNCOUNTED = word_set(
    """
    access address alias analysis basis bus business canvas class dns news process progress sms
    status series address success https css aws analytics
    """
)

ASKING = re.compile(
    r"(?:get|retrieve|return|fetch)s?\s+(?:a |the )?(?:list|all)|list|search|find|query", re.I
)
CREATING = re.compile(r"(?:bulk\s+)?(?:create|add|register|issue|make|send|upload)s?\b", re.I)


def is_verb(segment: str) -> bool:
    """Whether a segment says what to do: ``cancel``, ``addTask``, ``mark_uncollectible``."""
    parts = words(segment)
    if not parts or parts[0] not in VERBS:
        return False
    named = len(parts) > 1 and parts[0] in NOUNS_TOO and is_plural(segment)
    return not named


@lru_cache(maxsize=8192)
def is_plural(segment: str) -> bool:
    """Whether a segment names several things, as far as its last word tells."""
    last = (words(segment) or ("",))[-1]
    irregular = last in ("people", "children", "media", "data", "criteria", "metadata")
    return irregular or (
        len(last) > 2
        and last.endswith("s")
        and last not in UNCOUNTED
        and not last.endswith(("ss", "ous"))
    )


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """One of several: ``companies`` -> company."""
    irregular = {"people": "person", "children": "child", "indices": "index", "statuses": "status"}
    if word in irregular:
        return irregular[word]
    if not is_plural(word) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes", "uses")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=8192)
def stem(name: str) -> str:
    """A name without case, separators and plural: ``PaymentMethods`` -> paymentmethod."""
    parts = words(name)
    return "".join((*parts[:-1], singular(parts[-1]))) if parts else ""


def asks(summary: str) -> bool:
    """Whether a summary says that something is looked for, whatever the method."""
    return bool(ASKING.match(summary.strip()))


def creates(summary: str) -> bool:
    """Whether a summary says that something comes into being."""
    return bool(CREATING.match(summary.strip()))


def is_infrastructure(segment: str) -> bool:
    """Whether a segment at the top of the API is about the service itself."""
    return not segment or segment.startswith(("_", ".")) or stem(segment) in INFRASTRUCTURE
