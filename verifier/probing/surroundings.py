"""What is around an item, under the names that its own path has for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from verifier.model import Resource

__all__ = ["around"]

VARIABLE = re.compile(r"\{([^{}]+)\}")


def around(resource: Resource, template: str, path: Mapping[str, Any]) -> Mapping[str, Any]:
    """
    The values of a collection's path as the paths of its items call them: what is created at
    ``/fees/{id}/refunds`` is at ``/fees/{fee}/refunds/{id}``.
    """
    blank, whole = (VARIABLE.sub("{}", one) for one in (template, resource.item))
    if not whole.startswith(f"{blank}/"):
        return path
    names = dict(zip(VARIABLE.findall(template), VARIABLE.findall(resource.item), strict=False))
    return {names.get(name, name): value for name, value in path.items()}
