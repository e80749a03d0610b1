"""The twelve questions that a buyer asks; every check belongs to exactly one."""

from __future__ import annotations

import enum

__all__ = ["Question"]


class Question(enum.Enum):
    """A chapter of the report; the value is the id, ``asks`` the buyer's words."""

    CONTRACT = "contract"
    REACH = "reach"
    CREDENTIALS = "credentials"
    MEANING = "meaning"
    FAILURE = "failure"
    DUPLICATES = "duplicates"
    LIMITS = "limits"
    CHANGE = "change"
    OPERATIONS = "operations"
    OWNERSHIP = "ownership"
    TOPOLOGY = "topology"
    INTEGRATION = "integration"

    @property
    def asks(self) -> str:
        """The question in the buyer's words."""
        return _ASKS[self]


_ASKS = {
    Question.CONTRACT: "Does the API do what its documentation says?",
    Question.REACH: "Can we ask, and can we be told?",
    Question.CREDENTIALS: "Does it keep strangers out, and can we hold the smallest key?",
    Question.MEANING: "Do the two systems mean the same thing by the same field?",
    Question.FAILURE: "When something fails, can we tell a glitch from a mistake?",
    Question.DUPLICATES: "Can a retry ever charge twice or create twice?",
    Question.LIMITS: "Does it tell us when to slow down, and let us recover?",
    Question.CHANGE: "Will we know before it changes?",
    Question.OPERATIONS: "Who notices when it breaks?",
    Question.OWNERSHIP: "Do we own the code, the configuration and the keys?",
    Question.TOPOLOGY: "A direct link, or a hub?",
    Question.INTEGRATION: "Does our own integration survive all of that?",
}
