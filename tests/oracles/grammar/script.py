"""A whole script: statements chosen by weight, transactions around some of them."""
from __future__ import annotations

import copy
from collections.abc import Callable

from tests.oracles.grammar import alter_table, changes, relations, routines, tables, types
from tests.oracles.grammar.world import World

Maker = Callable[[World], str]

WEIGHTS: list[tuple[int, Maker]] = [
    (12, tables.create_table), (5, tables.create_child), (5, tables.create_partitioned), (9, tables.create_partition),
    (4, tables.create_like),
    (2, tables.create_typed), (3, tables.create_as), (45, alter_table.alter_table), (4, alter_table.attach), (3, alter_table.detach),
    (12, relations.create_index), (3, relations.alter_index), (12, relations.create_view), (3, relations.replace_view),
    (2, relations.alter_view),
    (4, relations.create_materialized_view), (5, relations.create_rule), (4, relations.create_sequence), (3, relations.alter_sequence),
    (3, relations.create_statistics), (2, relations.alter_statistics), (3, types.create_schema), (4, types.create_enum),
    (4, types.alter_enum),
    (5, types.create_domain), (4, types.alter_domain), (3, types.create_composite), (4, types.alter_composite), (2, types.rename_attribute),
    (1, types.create_range), (6, routines.create_function), (3, routines.replace_function), (2, routines.create_procedure),
    (2, routines.alter_function),
    (2, routines.create_trigger_function), (6, routines.create_trigger), (4, routines.create_policy), (2, routines.alter_policy),
    (5, changes.rename_relation), (5, changes.rename_column), (4, changes.rename_part), (3, changes.rename_other), (5, changes.set_schema),
    (4, changes.owner), (6, changes.grant), (2, changes.default_privileges), (6, changes.comment), (9, changes.drop),
    (3, changes.drop_part),
    (1, changes.drop_missing), (2, changes.search_path), (2, changes.unqualified)]

OPENING: list[Maker] = [types.create_schema, types.create_enum, tables.create_table, tables.create_table, tables.create_partitioned]


class Script:
    """Builds one script, and asks of each statement whether a server accepts it: only then has it an effect on the model.

    The model goes back where a transaction or savepoint is rolled back.
    """

    def __init__(self, seed: int, accepted: Callable[[str], bool]) -> None:
        self.world = World(seed)
        self.accepted = accepted
        self.failed = False
        self.statements: list[str] = []
        for role in self.world.roles:
            self.run(f"CREATE ROLE {role}")

    def run(self, statement: str) -> bool:
        """Append and try one; a transaction that failed does not commit, whatever it says."""
        self.statements.append(statement)
        good = self.accepted(statement)
        self.failed = not good or self.failed and statement != "ROLLBACK TO SAVEPOINT one"
        return good

    def step(self, maker: Maker) -> bool:
        """One statement, if the maker finds something to do; False when the server refuses it."""
        before = copy.deepcopy(self.world.state)
        text = maker(self.world)
        good = not text or self.run(text)
        if not text or not good:
            self.world.state = before
        return good

    def any_step(self) -> bool:
        maker, = self.world.random.choices([maker for _, maker in WEIGHTS], [weight for weight, _ in WEIGHTS])
        return self.step(maker)

    def _steps(self, most: int) -> None:
        """Several statements, to the first refused one and sometimes one more, which the failed transaction refuses too."""
        for _ in range(self.world.random.randint(1, most)):
            if not self.any_step():
                if self.world.chance(0.2):
                    self.any_step()
                return

    def transaction(self) -> None:
        """A few statements in BEGIN … COMMIT or ROLLBACK, some behind a savepoint."""
        self.run("BEGIN")
        self.failed = False
        outer = copy.deepcopy(self.world.state)
        self._steps(4)
        if self.world.chance(0.1 if self.failed else 0.5):
            self._savepoint()
        committed = self.run(self.world.pick(["COMMIT", "COMMIT", "ROLLBACK"])) and self.statements[-1] == "COMMIT"
        if not committed or self.failed:
            self.world.state = outer

    def _savepoint(self) -> None:
        if not self.run("SAVEPOINT one"):
            return
        inner = copy.deepcopy(self.world.state)
        self._steps(3)
        if not self.run(self.world.pick(["ROLLBACK TO SAVEPOINT one", "ROLLBACK TO SAVEPOINT one", "RELEASE SAVEPOINT one"])):
            self.run("ROLLBACK TO SAVEPOINT one")
        if "ROLLBACK" in self.statements[-1]:
            self.world.state = inner
        self._steps(2)

    def build(self, length: int) -> list[str]:
        for maker in OPENING:
            self.step(maker)
        while len(self.statements) < length:
            if self.world.chance(0.03):
                self.transaction()
            else:
                self.any_step()
        return self.statements


def generate(seed: int, length: int, accepted: Callable[[str], bool]) -> list[str]:
    """The statements of one script, about `length` of them; the same for the same seed and the same answers."""
    return Script(seed, accepted).build(length)
