// Queries over the in-memory catalog: what tests/oracles/catalog_queries.py compares with a server's answers.
//   pgplumb_queries MAJOR DATABASE SETUP.sql QUERIES.txt
// Interprets SETUP.sql, then runs each line of QUERIES.txt. Prints one line of JSON a query: {"rows":[[…]]} with texts
// and nulls, {"error":"22012","message":"…"}, or {"not_simulated":"…"}.
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

#include "catalog/json.h"
#include "engine/analyze/api.h"
#include "engine/bootstrap.h"
#include "engine/ddl/analyzer.h"
#include "engine/evaluate/evaluate.h"
#include "engine/simulate.h"
#include "parser/pg_query.h"

namespace {

using namespace pgplumb;
namespace evaluate = engine::evaluate;

std::string read_file(const char* path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void write_row(catalog::JsonWriter& out, const engine::Interpreter& interpreter,
               const std::vector<evaluate::Value>& row) {
  out.begin_array();
  for (const evaluate::Value& value : row) {
    if (value.is_unknown()) throw catalog::NotSimulated(value.text);
    if (value.is_null())
      out.null();
    else
      out.string(evaluate::output(interpreter, value));
  }
  out.end_array();
}

std::string rows_of(engine::Interpreter& interpreter, const std::string& query) {
  parser::ParseResult parsed = parser::parse(query);
  if (parsed.error) throw catalog::SqlError(parsed.error->sqlstate, parsed.error->message);
  const auto analyzed = engine::ddl::analyzer_of(interpreter).query(parsed.tree.statement());
  const evaluate::ResultSet result = evaluate::run_query(interpreter, *analyzed.query.tree);
  catalog::JsonWriter out;
  out.begin_object().key("rows").begin_array();
  for (const auto& row : result.rows) write_row(out, interpreter, row);
  out.end_array().end_object();
  return out.take();
}

std::string answer(engine::Interpreter& interpreter, const std::string& query) {
  catalog::JsonWriter out;
  try {
    return rows_of(interpreter, query);
  } catch (const catalog::SqlError& error) {
    out.begin_object().key("error").string(error.sqlstate).key("message").string(error.message).end_object();
  } catch (const catalog::NotSimulated& limit) {
    out.begin_object().key("not_simulated").string(limit.what()).end_object();
  } catch (const std::exception& problem) {
    out.begin_object().key("exception").string(problem.what()).end_object();
  }
  return out.take();
}

engine::Simulation set_up(const char* path, catalog::SourceMap& sources, const engine::Environment& environment) {
  engine::ScriptRun run;
  run.source.file = sources.add({path, read_file(path), ""});
  engine::SimulateOptions options;
  options.environment = environment;
  engine::Simulation simulation = engine::simulate({run}, sources, engine::fresh_database(environment.major), options);
  for (const engine::StatementResult& result : simulation.results)
    if (result.outcome.status == engine::Status::error || result.outcome.status == engine::Status::not_simulated)
      std::cerr << "setup: " << sources.text(result.span).substr(0, 100) << ": " << result.outcome.message << "\n";
  return simulation;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: pgplumb_queries MAJOR DATABASE SETUP.sql QUERIES.txt\n";
    return 2;
  }
  engine::Environment environment;
  environment.major = std::stoi(argv[1]);
  environment.database = argv[2];
  environment.now =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  catalog::SourceMap sources;
  engine::Simulation simulation = set_up(argv[3], sources, environment);
  engine::Interpreter interpreter(std::move(simulation.catalog), sources, environment);
  std::istringstream lines(read_file(argv[4]));
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && line[0] != '#') std::cout << answer(interpreter, line) << "\n";
  return 0;
}
