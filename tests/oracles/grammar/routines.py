"""Functions, procedures, triggers and policies."""
from __future__ import annotations

from tests.oracles.grammar import expressions
from tests.oracles.grammar.world import Relation, Routine, World

BODIES = {"integer": "SELECT 1", "text": "SELECT 'x'::text", "boolean": "SELECT true", "numeric": "SELECT 1.5::numeric", "void": "SELECT"}
ATTRIBUTES = ["IMMUTABLE", "STABLE", "VOLATILE", "STRICT", "CALLED ON NULL INPUT", "SECURITY DEFINER", "LEAKPROOF", "PARALLEL SAFE",
              "COST 10", "SET search_path = public",
              "SET search_path TO public, pg_temp", "SET work_mem = '10MB'", "SECURITY INVOKER", "RETURNS NULL ON NULL INPUT", "ROWS 10",
              "PARALLEL RESTRICTED", "SET nonsense = 1"]


def _arguments(w: World) -> tuple[list[str], list[str]]:
    """The arguments as written, and the types of those that identify the function."""
    written, types = [], []
    defaulted = False
    for number in range(w.pick([0, 1, 1, 2, 3])):
        type_name, category = expressions.any_type(w)
        name = w.pick([f"p{number} ", f"p{number} ", "", '"P q" '])
        defaulted = defaulted and not w.err() or w.chance(0.2)
        mode = w.pick(["", "", "", "IN ", "INOUT " if w.chance(0.1) else "", "OUT " if w.chance(0.2) else ""])
        default = f" DEFAULT {expressions.constant(w, category)}" if defaulted and mode != "OUT " else ""
        written.append(f"{mode}{name}{type_name}{default}")
        if mode != "OUT ":
            types.append(type_name)
    if w.chance(0.05):
        written.append("VARIADIC rest integer[]")
        types.append("integer[]")
    return written, types


def _body(w: World, returns: str) -> str:
    query = BODIES.get(returns, "SELECT NULL")
    choice = w.random.random()
    if choice < 0.2 and returns != "void":
        return f"RETURN {query.removeprefix('SELECT ')}" if choice < 0.1 else f"BEGIN ATOMIC {query}; END"
    if choice < 0.3 and w.of_kinds("table"):
        return f"BEGIN ATOMIC SELECT count(*) FROM {w.pick(w.of_kinds('table')).path}; {query}; END"
    if choice < 0.6:
        return f"LANGUAGE plpgsql AS $$BEGIN {'RETURN NULL;' if returns != 'void' else 'RETURN;'} END$$"
    return f"LANGUAGE sql AS $f${query}$f$" if not w.err() else "LANGUAGE sql AS 'SELECT missing_column'"


def create_function(w: World) -> str:
    written, types = _arguments(w)
    returns = w.pick(list(BODIES))
    again = w.state.routines and w.chance(0.15)
    known = w.pick(w.state.routines) if w.state.routines else None
    made = Routine(w.schema(), w.new_name("f", [r.name for r in w.state.routines]), types, returns)
    if again and known:
        made.schema, made.name = known.schema, known.name
    result = w.pick([f"RETURNS {returns}"] * 8 + ["", f"RETURNS SETOF {returns}", "RETURNS TABLE (x integer, y text)"])
    attributes = " ".join(w.some(ATTRIBUTES, 3)) if w.chance(0.5) else ""
    w.state.routines.append(made)
    return " ".join(part for part in [f"CREATE {w.maybe('OR REPLACE ', 0.4 if again else 0.2)}FUNCTION {made.path}({', '.join(written)})",
                                      result, attributes, _body(w, returns)] if part)


def replace_function(w: World) -> str:
    """The same signature again, with another body or default."""
    plain = [r for r in w.state.routines if r.kind == "FUNCTION"]
    if not plain:
        return create_function(w)
    known = w.pick(plain)
    arguments = ", ".join(f"p{number} {name}" for number, name in enumerate(known.arguments))
    return f"CREATE OR REPLACE FUNCTION {known.path}({arguments}) RETURNS {known.returns} {_body(w, known.returns)}"


def create_procedure(w: World) -> str:
    written, types = _arguments(w)
    made = Routine(w.schema(), w.new_name("p", [r.name for r in w.state.routines]), types, "", "PROCEDURE")
    w.state.routines.append(made)
    body = w.pick(["LANGUAGE sql AS $$SELECT 1$$", "LANGUAGE plpgsql AS $$BEGIN END$$", "BEGIN ATOMIC SELECT 1; END"])
    return f"CREATE {w.maybe('OR REPLACE ', 0.1)}PROCEDURE {made.path}({', '.join(written)}) {body}"


def alter_function(w: World) -> str:
    if not w.state.routines:
        return ""
    known = w.pick(w.state.routines)
    name = known.signature if w.chance(0.7) else known.path
    return f"ALTER {known.kind} {name} {' '.join(w.some([*ATTRIBUTES[:15], 'RESET ALL', 'RESET search_path'], 2))}"


def create_trigger_function(w: World) -> str:
    made = Routine(w.schema(), w.new_name("tf", [r.name for r in w.state.routines]), [], "trigger")
    w.state.routines.append(made)
    return f"CREATE FUNCTION {made.path}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"


def create_trigger(w: World) -> str:
    functions = [r for r in w.state.routines if r.returns == "trigger"]
    if not functions:
        return create_trigger_function(w)
    relation = w.relation("table", "table", "view")
    if not relation:
        return ""
    function = w.pick(functions) if not w.err() else w.pick(w.state.routines)
    name = w.new_name("g", relation.triggers)
    relation.triggers.append(name)
    column = w.column(relation)
    timing = "INSTEAD OF" if relation.kind == "view" and not w.err() else w.pick(["BEFORE", "AFTER", "AFTER"])
    events = w.some(["INSERT", "DELETE", f"UPDATE OF {column.name}" if w.chance(0.3) and timing != "INSTEAD OF" else "UPDATE",
                     *(["TRUNCATE"] if w.chance(0.1) else [])], 3)
    level = "ROW" if timing == "INSTEAD OF" or w.chance(0.7) else "STATEMENT"
    constraint = timing == "AFTER" and level == "ROW" and w.chance(0.12)
    referencing = w.maybe(f"REFERENCING {'OLD' if events[0] == 'DELETE' else 'NEW'} TABLE AS transition ",
                          0.3) if timing == "AFTER" and len(events) == 1 and not constraint else ""
    row = "NEW" if not any(event.startswith("DELETE") for event in events) else "OLD"
    when = w.maybe(f"WHEN ({row}.{column.name} IS NOT NULL) ", 0.3) if level == "ROW" and timing != "INSTEAD OF" else ""
    tail = w.pick(["", "DEFERRABLE INITIALLY DEFERRED ", "NOT DEFERRABLE "]) if constraint else ""
    replace = w.maybe("OR REPLACE ", 0.1) if not constraint else ""
    head = f"CREATE {replace}{'CONSTRAINT ' if constraint else ''}TRIGGER {name} {timing} {' OR '.join(events)} ON {relation.path}"
    return (f"{head} {tail}{referencing}FOR EACH {level} {when}"
            f"EXECUTE FUNCTION {function.path}({w.maybe(chr(39) + 'x' + chr(39), 0.1)})")


def create_policy(w: World) -> str:
    relation = w.table()
    if not relation:
        return ""
    name = w.new_name("y", relation.policies)
    relation.policies.append(name)
    command = w.pick(["", " FOR ALL", " FOR SELECT", " FOR INSERT", " FOR UPDATE", " FOR DELETE"])
    kind = w.pick(["", "", " AS PERMISSIVE", " AS RESTRICTIVE"])
    role = w.pick(["", "", f" TO {w.role()}", " TO PUBLIC", f" TO {w.roles[0]}, {w.roles[1]}"])
    using = f" USING ({expressions.condition(w, relation)})" if "INSERT" not in command or w.err() else ""
    check = w.maybe(f" WITH CHECK ({expressions.condition(w, relation)})", 0.8 if "INSERT" in command
                    else 0.3) if command not in (" FOR SELECT", " FOR DELETE") or w.err() else ""
    return f"CREATE POLICY {name} ON {relation.path}{kind}{command}{role}{using}{check}"


def alter_policy(w: World) -> str:
    tables = [t for t in w.of_kinds("table") if t.policies]
    if not tables:
        return ""
    relation: Relation = w.pick(tables)
    name = w.pick(relation.policies)
    return f"ALTER POLICY {name} ON {relation.path} " + w.pick([
        f"USING ({expressions.condition(w, relation)})", f"WITH CHECK ({expressions.condition(w, relation)})", f"TO {w.role()}",
        f"RENAME TO {w.new_name('y')}"])
