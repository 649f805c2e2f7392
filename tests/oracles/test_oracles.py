"""The oracles' own tests: each must pass a program that is right and fail one that is wrong.

  python3 -m unittest tests.oracles.test_oracles
"""
from __future__ import annotations

import contextlib
import gzip
import json
import os
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

from tests.oracles import cases, dependencies, recording, regress_catalog, regression_files, text, unsure
from tests.oracles.fake_program import report
from tests.oracles.fields import is_text_only
from tests.oracles.grammar_fuzz import ACCEPTED, compare_catalogs, compare_outcomes
from tests.oracles.identity import key_of, parse_identity
from tests.oracles.program import ROOT, BadReport, Change, FieldChange, Outcome, Report, parse_report
from tests.oracles.shrink import shrink
from tests.pg import layouts, pool
from tests.pg.binaries import DEBIAN_MAJOR

FAKE = Path(__file__).resolve().parent / "fake_program.py"


class GrammarFuzz(unittest.TestCase):
    def test_every_difference_of_outcomes_is_a_disagreement(self) -> None:
        script = ["CREATE TABLE t ()", "DROP TABLE u"]
        refused = [(ACCEPTED, ""), ("42P01", "no such table")]
        self.assertIsNone(compare_outcomes(script, refused, [(ACCEPTED, ""), ("42P01", "no such table")]))
        for wrong in (ACCEPTED, "42809", "not_simulated"):
            self.assertIsNotNone(compare_outcomes(script, refused, [(ACCEPTED, ""), (wrong, "")]))
        self.assertIsNotNone(compare_outcomes(script, refused, [(ACCEPTED, "")]))

    def test_catalogs_agree_only_when_nothing_but_refusals_is_reported(self) -> None:
        def found(document: dict[str, Any], *changes: Change) -> bool:
            return compare_catalogs(Report("undecided", changes, document)) is not None
        self.assertFalse(found({"errors": [{"message": "no such table"}]}))
        self.assertTrue(found({}, Change("table", "s.t", "missing")))
        for heading in ("not_simulated", "unresolved", "unseen"):
            self.assertTrue(found({"errors": [{"message": "no such table"}], heading: [{"message": "what is this?"}]}))

    def test_shrinking_leaves_what_is_needed(self) -> None:
        self.assertEqual(shrink(list(range(40)), lambda items: {3, 17, 31} <= set(items)), [3, 17, 31])
        self.assertEqual(shrink([1], lambda items: 1 in items), [1])


class Unsure(unittest.TestCase):
    def test_only_the_reason_at_its_line_will_do(self) -> None:
        def wrong(status: int, verdict: str, *notes: dict[str, Any], line: int = 2) -> str:
            document = {**report(verdict, []), "not_simulated": list(notes)}
            outcome = Outcome(status, json.dumps(document).encode(), "", 0.0, 0)
            program = mock.Mock(run=mock.Mock(return_value=outcome))
            return unsure.unsure(program, "a case", ("s.sql", "empty:"), "not known", line).wrong
        note = {"message": "its value is not known", "file": "s.sql", "line": 2}
        self.assertEqual(wrong(1, "undecided", note), "")
        for status, verdict in ((0, "in_sync"), (2, "drift"), (0, "undecided")):
            self.assertNotEqual(wrong(status, verdict, note), "")
        self.assertNotEqual(wrong(1, "undecided", {**note, "message": "something else"}), "")
        self.assertNotEqual(wrong(1, "undecided", note, line=3), "")

    def test_every_reason_has_a_case_or_a_true_excuse(self) -> None:
        reasons = [unsure.Reason("FETCH {}", "a.cc"), unsure.Reason("GROUPING SETS", "b.cc")]
        def found(said: str, **excuses: str) -> int:
            return len(unsure.complaints_of_coverage(said, reasons, excuses))
        self.assertEqual(found("1.sql:1: FETCH absolute\n2.sql:1: GROUPING SETS"), 0)
        self.assertEqual(found("1.sql:1: GROUPING SETS"), 1)
        self.assertEqual(found("1.sql:1: GROUPING SETS", FETCH="nothing fetches"), 0)
        self.assertEqual(found("1.sql:1: FETCH absolute\n2.sql:1: GROUPING SETS", FETCH="nothing fetches"), 1)
        self.assertEqual(found("1.sql:1: FETCH absolute\n2.sql:1: GROUPING SETS", GONE="it was once"), 1)

    def test_cases_are_read_with_their_lines(self) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "x.sql"
            path.write_text("-- says: a\\(\n-- since: 14\nSELECT 1;\nSELECT 2;\n-- says: b\nSELECT 3;\n")
            first, second = unsure.read_cases(path)
        self.assertEqual((first.says, first.since, first.last_line, second.sql), ("a\\(", 14, 2, "SELECT 3;\n"))


class ReadingReports(unittest.TestCase):
    def test_identities_are_read_as_paths(self) -> None:
        self.assertEqual(parse_identity('public."Or.d""er".id'), ("public", 'Or.d"er', "id"))
        self.assertEqual(parse_identity("a.f(integer, text)"), ("a", "f"))
        self.assertEqual(key_of(Change("grant", "table public.orders (alice)", "missing")), ("grant", ("public", "orders")))
        self.assertEqual(key_of(Change("column_default", "s.t.c", "altered"))[0], "column")

    def test_text_differences_are_told_from_structural_ones(self) -> None:
        def altered(kind: str, *fields: FieldChange) -> Change:
            return Change(kind, "s.x", "altered", fields)
        printed = FieldChange("expression", "a > 0", "(a > 0)", None)
        self.assertTrue(is_text_only(altered("constraint", printed)))
        self.assertFalse(is_text_only(altered("constraint", printed, FieldChange("validated", True, False, None))))
        self.assertFalse(is_text_only(altered("constraint", FieldChange("expression", None, "(a > 0)", None))))
        self.assertFalse(is_text_only(Change("view", "s.v", "missing")))
        expected = [{"column": None, "expression": "lower(a)", "descending": False}]
        actual = [{"column": None, "expression": "lower((a)::text)", "descending": False}]
        self.assertTrue(is_text_only(altered("index", FieldChange("columns", expected, actual, None))))
        actual[0]["descending"] = True
        self.assertFalse(is_text_only(altered("index", FieldChange("columns", expected, actual, None))))

    def test_a_verdict_must_fit_the_exit_status(self) -> None:
        with self.assertRaises(BadReport):
            parse_report(Outcome(2, json.dumps(report("in_sync", [])).encode(), "", 0, 0))
        with self.assertRaises(BadReport):
            parse_report(Outcome(0, b"", "no such file", 0, 0))

    def test_a_report_must_keep_to_its_schema(self) -> None:
        whole: dict[str, Any] = report("in_sync", [])
        self.assertEqual(parse_report(Outcome(0, json.dumps(whole).encode(), "", 0, 0)).verdict, "in_sync")
        damages: list[dict[str, Any]] = [{"verdict": "fine"}, {"changes": [{"kind": "table"}]}, {"surprise": 1}]
        for damage in damages:
            with self.assertRaises(BadReport):
                parse_report(Outcome(0, json.dumps({**whole, **damage}).encode(), "", 0, 0))


class Conformance(unittest.TestCase):
    """With a recording of three statements, and a comparison that has its counts from its command."""

    STATEMENTS = (("create table t ()", "00000", ""), ("drop\ntable u", "42P01", 'table "u" does not exist'), ("drop view t", "42809", "no"))
    COMPARISON = """import subprocess, sys
equal = subprocess.run(sys.argv[1], shell=True, capture_output=True, text=True).stdout.count('"line"')
print(f"regression suite: {equal}/3 DDL outcomes equal (0.00%): 0 wrongly refused, 0 wrongly accepted, 0 other state, 0 not simulated, 0 missing; misses")
"""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="pgplumb-recording-")
        self.addCleanup(scratch.cleanup)
        self.home = Path(scratch.name)
        lines = [json.dumps({"file": "a.sql", "n": n, "sql": sql, "state": state, "message": message})
                 for n, (sql, state, message) in enumerate(self.STATEMENTS)]
        with gzip.open(self.home / "suite.jsonl.gz", "wt", encoding="utf-8") as out:
            out.write("\n".join(lines))
        (self.home / "compare-regress").write_text(self.COMPARISON, encoding="utf-8")

    def run_oracle(self, *output: dict[str, Any]) -> tuple[int, str]:
        """With a program that prints these outcomes."""
        program = self.home / "program"
        program.write_text("#!/bin/sh\n" + "".join(f"echo '{json.dumps(line)}'\n" for line in output), encoding="utf-8")
        program.chmod(0o755)
        command = [sys.executable, "-m", "tests.oracles.conformance", "--recording", str(self.home), "--results", str(self.home)]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PGPLUMB": str(program)}, text=True, capture_output=True, check=False)
        return done.returncode, done.stdout.strip()

    def outcome(self, line: int, state: str = "00000", message: str = "") -> dict[str, Any]:
        return {"file": "/x/a.sql", "line": line, "outcome": "error" if message else "ok", "sqlstate": state, "message": message}

    def test_silence_fails(self) -> None:
        status, line = self.run_oracle()
        self.assertEqual(status, 1)
        self.assertIn("0/3 DDL outcomes equal", line)

    def test_all_equal_passes_and_messages_are_counted(self) -> None:
        status, line = self.run_oracle(self.outcome(1), self.outcome(2, "42P01", 'table "u" does not exist'),
                                       self.outcome(4, "42809", "yes"))
        self.assertEqual(status, 0)
        self.assertIn("1 of 2 statements", line)

    def test_places_are_those_of_the_written_files(self) -> None:
        read = recording.read(self.home / "suite.jsonl.gz")
        self.assertEqual([(one.first, one.end, one.refused_ddl) for one in read], [(1, 2, False), (2, 4, True), (4, 5, True)])


class Texts(unittest.TestCase):
    @staticmethod
    def compared(ours: dict[str, str], server: dict[str, str]) -> text.Result:
        result = text.Result(cases.all_cases()[0], DEBIAN_MAJOR)
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, fields in (("ours", ours), ("server", server)):
                paths.append(Path(folder, name))
                paths[-1].write_text(json.dumps({"objects": [{"kind": "policy", "identity": "s.t.p", "fields": fields}]}))
            text.compare(result, *paths)
        return result

    def test_a_text_that_only_one_side_has_is_a_difference(self) -> None:
        both = {"using": "(a > 0)", "check": "(b > 0)"}
        self.assertEqual(self.compared(both, both).differences, [])
        self.assertEqual(len(self.compared(both, {"using": "(a > 0)"}).differences), 1)
        self.assertEqual(len(self.compared({"using": "(a > 0)"}, both).differences), 1)
        self.assertEqual(len(self.compared(both, {**both, "using": "a > 0"}).differences), 1)

    def test_only_what_check_takes_for_equal_is_equal_after_the_second_step(self) -> None:
        same, changed = ("view", "v", "query"), ("constraint", "c", "expression")
        altered = (Change("constraint", "c", "altered", (FieldChange("expression", "a", "b", None),)),)
        for verdict, agreed in (("in_sync", 2), ("drift", 1), ("undecided", 0)):
            result = text.Result(cases.DirectoryCase(ROOT), 15, total=Counter({"view.query": 1, "constraint.expression": 1}))
            result.differences = [text.Difference(place, "a", "b") for place in (same, changed)]
            changes = altered if verdict == "drift" else ()
            text.take_second_step(result, Report(verdict, changes, {"stats": {"equivalences": {}}}))
            self.assertEqual(result.agreed.total(), agreed)
            self.assertEqual(text.complete([result]), verdict == "in_sync")


class Layouts(unittest.TestCase):
    def test_every_layout_has_a_history_of_some_length(self) -> None:
        histories = layouts.histories()
        self.assertEqual({h.layout.name for h in histories}, set(layouts.LAYOUTS))
        for history in histories:
            self.assertGreaterEqual(len(history.migrations()), 8, history.name)

    def test_flyway_runs_by_number_and_repeatables_last(self) -> None:
        flyway, = (h for h in layouts.histories() if h.layout.name == "flyway")
        names = [migration.name.split("__")[0] for migration in flyway.migrations()]
        self.assertEqual(names, ["V1", "V1.1", "V2", "V2.1", "V3", "V4", "V10", "V10.2", "R", "R"])


class Recorded(unittest.TestCase):
    """What the regression suite's oracles make of two catalogs, and of a server's answers."""

    def test_objects_that_only_one_side_has_or_that_differ_are_counted(self) -> None:
        table, view = ("table", "public.t"), ("view", "public.v")
        settled = {table: {"name": "t"}}
        result = regress_catalog.Result("file")
        before = regress_catalog.Sides(settled, settled)
        regress_catalog.compare(regress_catalog.Sides({**settled, view: {"query": "a"}}, {**settled, view: {"query": "b"}}), before, result)
        self.assertEqual((result.equal, result.total, result.differences[0].causes()), (0, 1, ["altered view.query"]))
        for ours, server, change in (({}, settled, "missing"), (settled, {}, "unexpected")):
            result = regress_catalog.Result("file")
            regress_catalog.compare(regress_catalog.Sides(ours, server), regress_catalog.Sides({}, {}), result)
            self.assertEqual([difference.change for difference in result.differences], [change])

    def test_a_dependency_of_another_kind_is_another(self) -> None:
        result = dependencies.Result("file", 15, {("view v", "table t", "n")}, {("view v", "table t", "a")})
        self.assertEqual((result.equal, result.total), (0, 2))

    def test_what_is_accepted_does_without_errors_what_was_done(self) -> None:
        statements = ["BEGIN;", "CREATE TABLE a (i int);", "SELECT 1 / 0;", "CREATE TABLE b (i int);", "COMMIT;", "CREATE TABLE c (i int)"]
        with pool.servers([DEBIAN_MAJOR]) as servers, servers[DEBIAN_MAJOR].database("accepted") as database:
            with contextlib.closing(servers[DEBIAN_MAJOR].connect(database)) as session:
                script = regression_files.accepted(session, statements)
        self.assertEqual(script.statements, ["BEGIN;", "CREATE TABLE a (i int);", "ROLLBACK;", "CREATE TABLE c (i int)"])
        self.assertEqual(script.first_lines(), [1, 2, 3, 4])


class WithServers(unittest.TestCase):
    """Whole runs against a stand-in of known character."""

    environment: dict[str, str]

    @classmethod
    def setUpClass(cls) -> None:
        servers = pool.servers([DEBIAN_MAJOR])
        cls.environment = pool.environment(servers.__enter__())
        cls.addClassCleanup(servers.__exit__, None, None, None)

    def run_oracle(self, name: str, character: str, *arguments: str) -> tuple[int, str]:
        """The exit status and the closing line."""
        environment = {**os.environ, **self.environment, "PGPLUMB": str(FAKE), "FAKE_MODE": character}
        command = [sys.executable, "-m", f"tests.oracles.{name}", "--majors", str(DEBIAN_MAJOR), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False)
        lines = done.stdout.strip().splitlines()
        return done.returncode, lines[-1] if lines else done.stderr

    def fidelity(self, character: str) -> tuple[int, str]:
        return self.run_oracle("fidelity", character, "--source", "prisma/bookshop")

    def test_fidelity_passes_silence_and_fails_all_else(self) -> None:
        status, line = self.run_oracle("fidelity", "honest", "--source", "powerdns")
        self.assertEqual((status, line[:33]), (0, "fidelity: 1/1 sources in sync; 0 "))
        for character, words in (("loud", "2 called drift"), ("shy", "2 undecided"), ("liar", "2 failed"), ("honest", "0/1 half-way")):
            status, line = self.fidelity(character)
            self.assertEqual(status, 1, line)
            self.assertIn("0/1 sources in sync" if character != "honest" else "1/1 sources in sync", line)
            self.assertIn(words, line)

    def mutation(self, character: str) -> tuple[int, str]:
        kinds = ("column: drop", "index: order", "enum: rename value", "view: another condition", "grant: table", "owner: table")
        wanted = [argument for kind in kinds for argument in ("--kind", kind)]
        return self.run_oracle("mutation", character, "--source", "prisma/bookshop", "--full", *wanted)

    def test_proof_fails_a_program_whose_plans_do_nothing(self) -> None:
        status, line = self.run_oracle("proof", "honest", "--source", "prisma/bookshop", "--pairs", "1")
        self.assertEqual((status, line), (1, "proof: 0/3 plans proven; 3 then drift"))

    def test_expressions_fail_when_one_differs(self) -> None:
        for equal, status in ((3, 0), (2, 1)):
            with tempfile.TemporaryDirectory() as home:
                comparer = Path(home) / "comparer"
                comparer.write_text(f"#!/bin/sh\necho '{equal}/3 agree, {3 - equal} different, 0 not simulated, 1 beyond the linked grammar'\n",
                                    encoding="utf-8")
                comparer.chmod(0o755)
                with mock.patch.dict(os.environ, {"PGPLUMB_EXPRESSIONS": str(comparer)}):
                    self.assertEqual(self.run_oracle("expression_fuzz", "honest", "--count", "3"),
                                     (status, f"expression fuzz: 15: {equal}/3 (and 1 beyond the grammar)"))

    def test_mutation_passes_a_program_that_sees_all(self) -> None:
        status, line = self.mutation("honest")
        self.assertEqual((status, line), (0, "mutation: 6/6 planted changes found over 6 kinds; 0 wrong objects named"))

    def test_mutation_fails_a_program_that_sees_nothing(self) -> None:
        status, line = self.mutation("blind")
        self.assertEqual(status, 1)
        self.assertIn("0/6 planted changes found", line)

    def test_mutation_fails_a_program_that_is_never_in_sync(self) -> None:
        status, line = self.mutation("loud")
        self.assertEqual(status, 1)
        self.assertIn("could not be tried", line)

    def test_mutation_fails_a_program_that_names_too_much(self) -> None:
        status, line = self.mutation("gossip")
        self.assertEqual(status, 1)
        self.assertIn("6/6 planted changes found over 6 kinds; 6 wrong objects named", line)


if __name__ == "__main__":
    unittest.main()
