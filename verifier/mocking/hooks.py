"""Where a misbehaviour takes hold: each is a module with one or more of these functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from verifier import walk
from verifier.errors import UsageError, nearest
from verifier.mocking import misbehaviours

__all__ = ["HOOKS", "Hooks", "known"]

# habits(habits) -> Habits                       what the vendor does by habit, see that module
# let_in(operation, incoming) -> bool            whether to let in without a look
# overlooks(operation, violations) -> bool       whether to take an invalid request for a valid one
# instead(asked) -> Answer | None                answer this in place of doing what was asked
# stored(asked, given) -> dict                   what is kept of what was given
# writes_read_only(asked) -> bool                whether readOnly members can be set
# lets_twins(asked) -> bool                      whether two things may share the caller's own key
# forgets(asked) -> bool                         whether to do nothing and say it was done
# filters(asked) -> bool                         whether documented filters are obeyed
# listed(asked, rows) -> rows                    what a list is made of, in its order
# paged(asked, page, rows) -> Page               the page that is told of it
# shown(asked, value) -> dict                    what is told of what is kept
# forgives(trouble, grant, now) -> bool          whether a credential that is expired, revoked or
#                                                rotated is taken for good
# suffices(operation, caller) -> bool            whether a caller may who lacks the scope
# habits(habits) -> Habits                       what the vendor does by habit
# answered(asked, answer) -> Answer              the last word; asked is None for refusals
# posted(message) -> bool                        whether a webhook is sent; may change it
# attempted(message) -> None                     a webhook is about to be sent, once more perhaps
# signed(message, headers) -> headers            the headers of its signature
# before_STAGE(turn), after_STAGE(turn) -> None  round a stage of ``verifier.mocking.pipeline``: may
#                                                change the turn, decide, or take a decision back
# begin(vendor) -> object                        for those that need a memory, or the vendor: gives
#                                                the object whose methods are the hooks
GROUP = "verifier.misbehaviours"  # of entry points, for other people's
HOOKS = (
    "let_in",
    "overlooks",
    "instead",
    "stored",
    "writes_read_only",
    "lets_twins",
    "forgets",
    "filters",
    "listed",
    "paged",
    "shown",
    "forgives",
    "suffices",
    "answered",
)


def known() -> dict[str, ModuleType]:
    """Name to module of every misbehaviour: the file's name with dashes."""
    found = walk.modules(misbehaviours, group=GROUP)
    return {module.__name__.rpartition(".")[2].replace("_", "-"): module for module in found}


def _found(name: str) -> ModuleType:
    module = walk.module_named(misbehaviours, name, group=GROUP)
    if module is None:
        modules = known()
        mend = nearest(name, modules, "'verifier faults' lists them all.")
        raise UsageError(f"there is no misbehaviour '{name}'", mend=mend)
    return module


class Hooks:
    """
    The functions of the chosen misbehaviours, by hook.

    Args:
        more: Further objects that have functions of the hooks' names.
        vendor: Whose hooks they are; for those that ask for it.
    """

    def __init__(
        self, names: Iterable[str], more: Iterable[object] = (), vendor: object = None
    ) -> None:
        chosen: list[object] = []
        for name in names:
            module: Any = _found(name)
            chosen.append(module.begin(vendor) if hasattr(module, "begin") else module)
        self._chosen = (*chosen, *more)
        self._functions = {hook: self.of(hook) for hook in HOOKS}

    def of(self, hook: str) -> list[Callable[..., Any]]:
        """The functions of a hook."""
        return [getattr(one, hook) for one in self._chosen if hasattr(one, hook)]

    def has(self, hook: str) -> bool:
        """Whether there is one."""
        return bool(self._functions[hook])

    def any(self, hook: str, *given: Any) -> bool:
        """Whether one of them says yes."""
        functions = self._functions[hook]
        return bool(functions) and any(function(*given) for function in functions)

    def all(self, hook: str, *given: Any) -> bool:
        """Whether all of them say yes."""
        functions = self._functions[hook]
        return not functions or all(function(*given) for function in functions)

    def first(self, hook: str, *given: Any) -> Any:
        """What the first says that says anything; None where none does."""
        for function in self._functions[hook]:
            said = function(*given)
            if said is not None:
                return said
        return None

    def through(self, hook: str, asked: Any, value: Any, *more: Any) -> Any:
        """A value passed through all of them."""
        for function in self._functions[hook]:
            value = function(asked, value, *more)
        return value
