// Expressions and queries, analysed and printed here and by a server, compared byte for byte:
//   pgplumb_expressions CONNINFO SETUP.sql QUERIES.txt [--all] [--once] [--unsure]
// --all shows also what differs in its message only, or is no fixed point; --once does not ask whether it is one;
// --unsure takes equal texts for equal though a literal in them is told to be unsure, and counts them.
// SETUP.sql is run on the server, whose catalogs are then read; each line of QUERIES.txt is an expression over the
// table t or a whole query (it begins with SELECT, WITH or VALUES). The server makes a view of it. Equal is: the same
// text and the same column types, or the same SQLSTATE. What the server accepts and the linked grammar can't read is
// counted apart. Both read the same clock.
#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "catalog/kinds/column.h"
#include "catalog/kinds/function.h"
#include "catalog/kinds/view.h"
#include "engine/analyze/analyze.h"
#include "engine/analyze/api.h"
#include "engine/analyze/errors.h"
#include "engine/analyze/format_type.h"
#include "engine/deparse/deparse.h"
#include "engine/introspect/introspect.h"
#include "parser/newer_syntax.h"
#include "parser/pg_query.h"

namespace {

using namespace pgplumb;
using engine::analyze::Analyzer;
namespace ast = parser::ast;

constexpr const char* check_function = R"(
CREATE FUNCTION public.pgplumb_check(q text) RETURNS text LANGUAGE plpgsql AS $body$
DECLARE
  r text;
BEGIN
  SET LOCAL client_min_messages = error;
  PERFORM set_config('search_path', 'public', true);
  IF q LIKE 'CREATE %' THEN
    EXECUTE q;
    PERFORM set_config('search_path', 'pg_catalog', true);
    IF q LIKE 'CREATE RULE %' THEN
      SELECT pg_get_ruledef(oid) INTO r FROM pg_rewrite WHERE rulename = 'pgplumb_rule';
    ELSE
      SELECT pg_get_function_sqlbody(oid) INTO r FROM pg_proc WHERE proname = 'pgplumb_function';
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'PTEST', MESSAGE = r;
  END IF;
  EXECUTE 'CREATE VIEW public.pgplumb_view AS ' || q;
  PERFORM set_config('search_path', 'pg_catalog', true);
  SELECT pg_get_viewdef('public.pgplumb_view'::regclass) || coalesce(E'\n' || string_agg(format('%I %s %s', attname,
      format_type(atttypid, atttypmod), nullif(attcollation, 0)::regcollation), E'\n' ORDER BY attnum), '')
    INTO r FROM pg_attribute WHERE attrelid = 'public.pgplumb_view'::regclass AND attnum > 0;
  RAISE EXCEPTION USING ERRCODE = 'PTEST', MESSAGE = r;
EXCEPTION
  WHEN SQLSTATE 'PTEST' THEN RETURN sqlerrm;
  WHEN OTHERS THEN RETURN 'ERROR ' || sqlstate || ': ' || sqlerrm;
END $body$)";

/// A plain connection: the reader's own is read-only.
class Server {
 public:
  explicit Server(const char* target) : connection_(PQconnectdb(target), &PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection_.get()));
    run("SET client_min_messages = warning");
  }
  void run(const std::string& sql) { column(sql); }
  /// The first column of the result.
  std::vector<std::string> column(const std::string& sql) {
    std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_.get(), sql.c_str()), &PQclear);
    ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      throw std::runtime_error(PQerrorMessage(connection_.get()));
    }
    std::vector<std::string> found;
    for (int i = 0; i < PQntuples(result.get()); ++i) found.emplace_back(PQgetvalue(result.get(), i, 0));
    return found;
  }

 private:
  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

std::string read_file(const char* path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

bool is_query(const std::string& line) {
  for (const char* start : {"SELECT", "WITH", "CREATE", "VALUES", "(SELECT id FROM t2 UNION"}) {
    if (line.rfind(start, 0) == 0) return true;
  }
  return false;
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

std::string columns_text(const Analyzer& printer, const engine::analyze::AnalyzedQuery& analyzed) {
  std::string text;
  for (const auto& column : analyzed.columns) {
    const auto* collation = printer.cache().collation(column.collation);
    text += fmt::format("\n{} {} {}", engine::deparse::quote_identifier(printer.cache(), column.name),
                        engine::analyze::format_type_with_typmod(printer.cache(), column.type.type, column.type.typmod),
                        collation ? engine::deparse::quote_identifier(printer.cache(), collation->name) : "");
  }
  return text;
}

/// The view as a relation, whose columns name what is printed.
catalog::Oid store_view(catalog::Catalog& objects, catalog::Oid schema,
                        const engine::analyze::AnalyzedQuery& analyzed) {
  catalog::View view;
  view.name = "pgplumb_view";
  view.parent = {catalog::Kind::schema, schema};
  catalog::Oid oid = objects.insert(view).oid;
  std::int16_t number = 0;
  for (const auto& source : analyzed.columns) {
    catalog::Column column;
    column.name = source.name;
    column.parent = {catalog::Kind::view, oid};
    column.number = ++number;
    column.type = source.type;
    objects.insert(column);
  }
  return oid;
}

constexpr std::string_view unresolved_mark = "\nUNRESOLVED ";

std::string printed(catalog::Catalog& objects, const Analyzer& printer,
                    const engine::analyze::AnalyzedQuery& analyzed) {
  auto mark = objects.mark();
  catalog::Oid view = store_view(objects, printer.cache().schema_by_name("public"), analyzed);
  Analyzer fresh(printer.cache().major(), &objects, printer.cache().search_path());
  std::string text = engine::deparse::print_view(fresh.cache(), *analyzed.query.tree, view);
  objects.rollback_to(mark);
  return text + columns_text(printer, analyzed) +
         (analyzed.query.unresolved.empty() ? "" : std::string(unresolved_mark) + analyzed.query.unresolved);
}

template <class Analyse>
std::string guarded(Analyse analyse) {
  try {
    return analyse();
  } catch (const catalog::SqlError& error) {
    return "ERROR " + error.sqlstate + ": " + error.message;
  } catch (const catalog::NotSimulated& reason) {
    return std::string("NOT SIMULATED: ") + reason.what();
  } catch (const std::exception& reason) {
    return std::string("EXCEPTION: ") + reason.what();
  }
}

std::string rule_text(const Analyzer& analyzer, const Analyzer& printer, ast::RuleStmt rule) {
  static const char* events[] = {"SELECT", "UPDATE", "INSERT", "DELETE"};
  catalog::Oid relation = analyzer.cache().find_relation(rule.relation().relname());
  auto tree = analyzer.rule(rule, relation);
  int event = static_cast<int>(rule.event()) - static_cast<int>(ast::CmdType::CMD_SELECT);
  engine::deparse::RuleHead head{rule.rulename(), events[event], relation, rule.instead()};
  return engine::deparse::print_rule(printer.cache(), head, *tree.tree);
}

/// The function as an object, whose name and arguments the printer asks for.
std::string body_text(catalog::Catalog& objects, const Analyzer& analyzer, const Analyzer& printer,
                      ast::CreateFunctionStmt statement) {
  std::vector<engine::analyze::FunctionArgument> arguments;
  catalog::Function function;
  function.name = "pgplumb_function";
  function.parent = {catalog::Kind::schema, analyzer.cache().schema_by_name("public")};
  for (ast::Node node : statement.parameters()) {
    auto parameter = node.as<ast::FunctionParameter>();
    catalog::Argument argument;
    argument.name = parameter.name();
    argument.type = analyzer.resolve_type(parameter.arg_type());
    arguments.push_back({parameter.name(), argument.type.type});
    function.signature.push_back(argument.type);
    function.arguments.push_back(argument);
  }
  auto body = analyzer.function_body(statement.sql_body(), "pgplumb_function", arguments);
  auto mark = objects.mark();
  catalog::Oid oid = objects.insert(function).oid;
  Analyzer fresh(printer.cache().major(), &objects, printer.cache().search_path());
  std::string text = engine::deparse::print_function_body(fresh.cache(), *body.tree, oid);
  objects.rollback_to(mark);
  return text;
}

std::string ours(catalog::Catalog& objects, const Analyzer& analyzer, const Analyzer& printer,
                 const std::string& query) {
  parser::ParseResult parsed = parser::parse(query);
  if (parsed.error) return "ERROR " + parsed.error->sqlstate + ": " + parsed.error->message;
  return guarded([&] {
    ast::Node statement = parsed.tree.statement();
    if (parser::syntax_since(statement, query) > analyzer.cache().major()) return std::string("ERROR 42601: syntax error");
    if (auto rule = statement.as<ast::RuleStmt>()) return rule_text(analyzer, printer, rule);
    if (auto function = statement.as<ast::CreateFunctionStmt>()) return body_text(objects, analyzer, printer, function);
    const auto analyzed = analyzer.view_query(statement);
    if (analyzed.query.tree->has_modifying_cte)
      return std::string("ERROR 0A000: views must not contain data-modifying statements in WITH");
    return printed(objects, printer, analyzed);
  });
}

/// The server's text, analysed and printed again.
std::string again(catalog::Catalog& objects, const Analyzer& printer, const std::string& text) {
  return guarded([&] { return printed(objects, printer, printer.live_query(text.substr(0, text.find(";\n") + 1))); });
}

bool is_error(const std::string& text) { return text.rfind("ERROR ", 0) == 0; }

bool same_state(const std::string& a, const std::string& b) {
  return is_error(a) && is_error(b) && a.substr(0, 11) == b.substr(0, 11);
}

/// The server's answers, many of them a round trip.
std::vector<std::string> answers(Server& server, const std::vector<std::string>& queries) {
  constexpr std::size_t at_once = 250;
  std::vector<std::string> found;
  for (std::size_t i = 0; i < queries.size(); i += at_once) {
    std::string list;
    for (std::size_t j = i; j < std::min(i + at_once, queries.size()); ++j)
      list += (j > i ? "," : "") + quoted(queries[j]);
    for (std::string& answer : server.column("SELECT public.pgplumb_check(q) FROM unnest(ARRAY[" + list +
                                             "]) WITH ORDINALITY AS u(q, n) ORDER BY n")) {
      found.push_back(std::move(answer));
    }
  }
  return found;
}

struct Options {
  bool all = false;
  bool once = false;
  bool unsure = false;
};

class Comparison {
 public:
  Comparison(catalog::Catalog& objects, int major, const engine::analyze::Settings& settings, Options options)
      : objects_(objects),
        options_(options),
        path_(paths(objects, major)),
        analyzer_(major, &objects, path_, settings),
        printer_(major, &objects, {catalog::builtin::pg_catalog_namespace}) {}

  void compare(const std::string& line, const std::string& query, const std::string& theirs) {
    ++total_;
    parser::ParseResult parsed = parser::parse(query);
    if (parsed.error && !is_error(theirs)) {
      ++beyond_grammar_;
      if (options_.all) std::cout << "GRAMMAR " << line << "\n";
      return;
    }
    std::string mine = ours(objects_, analyzer_, printer_, query);
    if (theirs == mine) return same(line, theirs);
    if (options_.unsure && theirs == mine.substr(0, mine.find(unresolved_mark))) {
      ++unsure_;
      return same(line, theirs);
    }
    if (same_state(theirs, mine)) {
      ++messages_;
      if (options_.all) show("MESSAGE", line, theirs, mine);
      return;
    }
    ++(mine.rfind("NOT SIMULATED", 0) == 0 ? not_simulated_ : different_);
    show("DIFFERENT", line, theirs, mine);
  }

  /// The closing lines; whether all agreed.
  bool report() const {
    std::cout << fmt::format("{} equal, {} of them fixed points, {} of them unsure, {} refused alike, {} refused with another "
                             "message\n",
                             equal_, fixed_, unsure_, same_refusal_, messages_);
    std::cout << fmt::format("{}/{} agree, {} different, {} not simulated, {} beyond the linked grammar\n",
                             equal_ + same_refusal_ + messages_, total_ - beyond_grammar_, different_, not_simulated_,
                             beyond_grammar_);
    return different_ + not_simulated_ == 0;
  }

 private:
  static std::vector<catalog::Oid> paths(const catalog::Catalog& objects, int major) {
    std::vector<catalog::Oid> path{catalog::builtin::pg_catalog_namespace};
    path.push_back(Analyzer(major, &objects, path).cache().schema_by_name("public"));
    return path;
  }

  static void show(const char* what, const std::string& line, const std::string& theirs, const std::string& mine) {
    std::cout << what << " " << line << "\n  server: " << theirs << "\n  ours:   " << mine << "\n";
  }

  void same(const std::string& line, const std::string& theirs) {
    if (is_error(theirs)) {
      ++same_refusal_;
      return;
    }
    ++equal_;
    if (options_.once || line.rfind("CREATE", 0) == 0) return;
    std::string repeated = again(objects_, printer_, theirs);
    if (repeated == theirs) {
      ++fixed_;
    } else if (options_.all) {
      show("DIFFERENT AGAIN", line, theirs, repeated);
    }
  }

  catalog::Catalog& objects_;
  Options options_;
  std::vector<catalog::Oid> path_;
  Analyzer analyzer_, printer_;
  int total_ = 0, equal_ = 0, fixed_ = 0, same_refusal_ = 0, messages_ = 0, different_ = 0, not_simulated_ = 0,
      beyond_grammar_ = 0, unsure_ = 0;
};

std::vector<std::string> lines_of(const char* path) {
  std::vector<std::string> found;
  std::istringstream text(read_file(path));
  for (std::string line; std::getline(text, line);) {
    if (!line.empty() && line[0] != '#') found.push_back(line);
  }
  return found;
}

std::string query_of(const std::string& line) { return is_query(line) ? line : "SELECT (" + line + ") AS x FROM t"; }

bool run(char** arguments, Options options) {
  engine::ConnectionSettings settings;
  settings.target = arguments[0];
  Server server(arguments[0]);
  server.run(read_file(arguments[1]));
  engine::LiveCatalog live = engine::introspect(settings);
  server.run("DROP FUNCTION IF EXISTS public.pgplumb_check(text)");
  server.run(check_function);
  server.run("SET timezone = 'UTC'; SET lc_monetary = 'C'");
  std::vector<std::string> lines = lines_of(arguments[2]), queries;
  for (const std::string& line : lines) queries.push_back(query_of(line));
  server.run("BEGIN");
  engine::analyze::Settings session;
  session.now = std::stoll(server.column("SELECT (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint").at(0));
  std::vector<std::string> theirs = answers(server, queries);
  server.run("ROLLBACK");
  Comparison comparison(live.catalog, live.server_version_num / 10000, session, options);
  for (std::size_t i = 0; i < lines.size(); ++i) comparison.compare(lines[i], queries[i], theirs[i]);
  return comparison.report();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: pgplumb_expressions CONNINFO SETUP.sql QUERIES.txt [--all] [--once] [--unsure]\n";
    return 2;
  }
  Options options;
  for (int i = 4; i < argc; ++i) {
    const std::string_view word = argv[i];
    (word == "--all" ? options.all : word == "--once" ? options.once : options.unsure) = true;
  }
  try {
    return run(argv + 1, options) ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
}
