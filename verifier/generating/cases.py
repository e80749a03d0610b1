"""thin"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from verifier.model import Case, Contract, Draft, Missing, Need, Operation, Validity
from verifier.sampling import Unsatisfiable, sampler
from verifier.validating import Direction

__all__ = ["Cases"]


class Cases:
    def __init__(self, contract: Contract, *, seed: int, fixtures: Any) -> None:
        self.contract, self.seed, self.fixtures = contract, seed, fixtures

    def _rng(self, *parts: Any) -> random.Random:
        return random.Random(f"{self.seed}{parts}")

    def sample(
        self, operation: Operation, *, path: Any, body: Any, query: Any, fresh: int = 0
    ) -> Case | Missing:
        rng = self._rng(operation.key, fresh)
        needs, values = [], dict(path)
        for p in operation.parameters_in("path"):
            if p.name in values:
                continue
            owner = next(
                (
                    r
                    for r in self.contract.resources
                    if r.id_parameter == p.name and p.name in operation.path
                ),
                None,
            )
            if owner is not None:
                needs.append(Need(resource=owner.name, location="path", name=p.name))
                values[p.name] = "«need»"
            else:
                values[p.name] = (
                    sampler(p.schema, Direction.REQUEST).typical(rng, p.name) if p.schema else "x"
                )
        asked = {
            p.name: sampler(p.schema, Direction.REQUEST).typical(rng, p.name)
            for p in operation.parameters_in("query")
            if p.required and p.schema
        }
        asked |= query
        headers = {
            p.name: sampler(p.schema, Direction.REQUEST).typical(rng, p.name)
            for p in operation.parameters_in("header")
            if p.required and p.schema
        }
        draft = Draft(path=values, query=asked, headers=headers)
        if operation.body and operation.body.media:
            media = operation.body.media[0]
            try:
                made = sampler(media.schema, Direction.REQUEST).typical(rng) if media.schema else {}
            except Unsatisfiable as error:
                return Missing(reason=str(error), supply="a body")
            if isinstance(made, dict):
                made = {**made, **body}
            draft = replace(draft, body=made, has_body=True, media_type=media.type)
        return Case(
            operation=operation.key,
            draft=draft,
            needs=tuple(needs),
            says="a plain request",
            aspect="plain",
        )

    def cases(self, operation: Operation, *, limit: int) -> list[Case] | Missing:
        plain = self.sample(operation, path={}, body={}, query={})
        if isinstance(plain, Missing):
            return plain
        found = [plain]
        if plain.draft.has_body:
            made = sampler(operation.body.media[0].schema, Direction.REQUEST)
            for says, value in made.boundaries():
                found.append(
                    replace(plain, draft=replace(plain.draft, body=value), says=says, aspect=says)
                )
            for aspect, says, value in made.violations():
                found.insert(
                    1 + len(found) // 2,
                    replace(
                        plain,
                        draft=replace(plain.draft, body=value),
                        says=says,
                        aspect=aspect,
                        validity=Validity.BROKEN,
                    ),
                )
            found.insert(
                1,
                replace(
                    plain,
                    draft=replace(plain.draft, raw_body=b'{"torn": '),
                    says="malformed JSON",
                    aspect="malformed-json",
                    validity=Validity.BROKEN,
                ),
            )
        return found[:limit]

    def shrink(self, case: Case) -> Any:
        return case
        yield case
