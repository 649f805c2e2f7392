#include "engine/ddl/routine_effects.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "catalog/kinds/routine.h"
#include "catalog/kinds/trigger.h"
#include "catalog/kinds/view.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/languages.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/routine_body.h"
#include "parser/lexer.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

// Words that start a statement which changes the schema.
constexpr std::array<std::string_view, 10> ddl_words = {"create",  "alter",    "drop",     "grant",  "revoke",
                                                        "comment", "security", "reassign", "import", "refresh"};

bool starts_statement(const parser::Token& before) {
  return before.kind == parser::TokenKind::end || before.is(';') || before.is_word("begin") || before.is_word("then") ||
         before.is_word("else") || before.is_word("loop") || before.is_word("atomic");
}

/// Languages whose code reaches the database through one interface, which its text then names.
struct Interface {
  std::string_view language, name;
};
constexpr Interface interfaces[] = {{"plperl", "spi_"},      {"plperlu", "spi_"},     {"pltcl", "spi_"},
                                    {"pltclu", "spi_"},      {"plpython2u", "plpy"},  {"plpython3u", "plpy"},
                                    {"plpythonu", "plpy"},   {"plv8", "plv8"}};

/// Functions in C that run what they are given, or make objects. (Of dblink's, the connection may lead back here.)
constexpr std::string_view runners[] = {"dblink", "dblink_exec", "dblink_send_query", "pg_import_system_collations"};

bool is_among(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_string(const parser::Token& token) {
  return token.kind == parser::TokenKind::string || token.kind == parser::TokenKind::dollar_string;
}

/// What stands between the quotes; doubled ones stay doubled.
std::string_view within_quotes(const parser::Token& token) {
  const bool dollar = token.kind == parser::TokenKind::dollar_string;
  const std::size_t open = dollar ? token.text.find('$', 1) : token.text.find('\'');
  const std::size_t close = token.text.rfind(dollar ? '$' : '\'', token.text.size() - (dollar ? 2 : 1));
  return close > open ? token.text.substr(open + 1, close - open - 1) : std::string_view();
}

bool holds_ddl_word(std::string_view text) {
  parser::Lexer lexer(text);
  for (parser::Token token = lexer.next(); token.kind != parser::TokenKind::end; token = lexer.next())
    if (token.is(';') || std::any_of(ddl_words.begin(), ddl_words.end(), [&](auto ddl) { return token.is_word(ddl); }))
      return true;
  return false;
}

class EffectSearch {
 public:
  explicit EffectSearch(const Interpreter& interpreter, Also also = Also::nothing) : interpreter_(interpreter), also_(also) {}

  std::optional<std::string> text(std::string_view body) {
    parser::Lexer lexer(body);
    parser::Token before;
    for (parser::Token token = lexer.next(); token.kind != parser::TokenKind::end; token = lexer.next()) {
      if (auto reason = word(token, before, lexer)) return reason;
      before = token;
    }
    return std::nullopt;
  }

  std::optional<std::string> body(std::string_view language, std::string_view text_of_body) {
    if (language == "sql" || language == "plpgsql") return text(text_of_body);
    for (const Interface& known : interfaces)
      if (known.language == language && text_of_body.find(known.name) == std::string_view::npos) return std::nullopt;
    return "is written in " + std::string(language);
  }

  /// What is not volatile is only let read (_SPI_execute_plan); an extension's functions in C are taken for what they
  /// are known as.
  std::optional<std::string> routine(Oid oid) {
    const Object* object = interpreter_.catalog().find(oid);
    if (!object || kind_info(object->kind).name_space != NameSpace::routine) return std::nullopt;
    if (!seen_.insert(oid).second) return std::nullopt;
    const auto& called = static_cast<const Routine&>(*object);
    if (called.volatility != Volatility::volatile_ || object->kind == Kind::aggregate) return std::nullopt;
    if (is_among(called.name.str(), runners)) return "calls function " + called.name.str();
    if (called.language.oid == languages::internal) return std::nullopt;
    if (called.language.oid == languages::c && called.extension) return std::nullopt;
    auto reason = body(language_name(interpreter_, called.language.oid), called.body);
    if (!reason) reason = refs(called.sql_body.refs);
    if (reason) return "calls function " + called.name.str() + ", which " + *reason;
    return std::nullopt;
  }

  std::optional<std::string> refs(const std::vector<Oid>& oids) {
    for (Oid oid : oids) {
      const Object* object = interpreter_.catalog().find(oid);
      if (object && object->kind == Kind::column) object = interpreter_.catalog().find(object->parent.oid);
      if (!object) continue;
      if (auto reason = routine(object->oid)) return reason;
      if (object->kind != Kind::view || !seen_.insert(object->oid).second) continue;
      if (auto reason = refs(static_cast<const View&>(*object).query.refs))
        return "reads view " + object->name.str() + ", which " + *reason;
    }
    return std::nullopt;
  }

  /// A name that is some routine's, in whatever schema.
  std::optional<std::string> called(const std::string& name) {
    if (is_among(name, runners)) return "calls function " + name;
    if (!names_known_) learn_names();
    const auto known = by_name_.find(name);
    if (known == by_name_.end()) return std::nullopt;
    for (Oid oid : known->second)
      if (auto reason = routine(oid)) return reason;
    return std::nullopt;
  }

 private:
  std::optional<std::string> word(const parser::Token& token, const parser::Token& before, parser::Lexer ahead) {
    if (!parser::is_identifier(token)) return std::nullopt;
    if (starts_statement(before)) {
      for (std::string_view ddl : ddl_words)
        if (token.is_word(ddl) && !(ddl == "create" && makes_temporary(ahead))) return "holds " + std::string(token.text);
      if (token.is_word("execute")) return dynamic(ahead);
      if (also_ == Also::session && token.is_word("set") && sets_known_parameter(ahead)) return "sets a parameter";
    }
    const std::string name = parser::identifier_of(token);
    if (also_ == Also::session && name == "set_config" && !names_application_parameter(ahead)) return "calls set_config()";
    if (auto reason = called(name)) return reason;
    return may_change(before) ? changed(name) : std::nullopt;
  }

  static bool may_change(const parser::Token& before) {
    constexpr std::string_view words[] = {"into", "update", "from", "only", "truncate", "table"};
    return before.is('.') ||
           std::any_of(std::begin(words), std::end(words), [&](auto word) { return before.is_word(word); });
  }

  /// A table of that name, in whatever schema, whose rows may change: its triggers run.
  std::optional<std::string> changed(const std::string& table) {
    if (!names_known_) learn_names();
    const auto known = triggers_.find(table);
    if (known == triggers_.end()) return std::nullopt;
    for (const Trigger* trigger : known->second)
      if (auto reason = routine(trigger->function.oid)) return "fires trigger " + trigger->name.str() + ", which " + *reason;
    return std::nullopt;
  }

  static bool sets_known_parameter(parser::Lexer ahead) {
    parser::Token token = ahead.next();
    if (token.is_word("local") || token.is_word("session")) ahead.next();
    return !ahead.next().is('.');
  }

  static bool names_application_parameter(parser::Lexer ahead) {
    ahead.next();
    const parser::Token token = ahead.next();
    return is_string(token) && within_quotes(token).find('.') != std::string_view::npos;
  }

  static bool makes_temporary(parser::Lexer ahead) {
    parser::Token token = ahead.next();
    if (token.is_word("local") || token.is_word("global")) token = ahead.next();
    return token.is_word("temp") || token.is_word("temporary");
  }

  /// EXECUTE of what starts as a literal that changes rows, and holds no word of DDL further on.
  std::optional<std::string> dynamic(parser::Lexer ahead) {
    constexpr std::string_view harmless[] = {"insert", "update", "delete", "select", "lock",
                                             "truncate", "with", "copy", "notify", "analyze"};
    const std::string builds = "builds statements for EXECUTE";
    parser::Token token = ahead.next();
    while (token.is('(') || token.is_word("format")) token = ahead.next();
    if (!is_string(token)) return builds;
    if (!is_among(parser::identifier_of(parser::Lexer(within_quotes(token)).next()), harmless)) return builds;
    for (; token.kind != parser::TokenKind::end && !token.is(';'); token = ahead.next()) {
      if (!is_string(token)) continue;
      if (holds_ddl_word(within_quotes(token))) return builds;
      if (auto reason = text(within_quotes(token))) return reason;
    }
    return std::nullopt;
  }

  void learn_names() {
    names_known_ = true;
    interpreter_.catalog().for_each([&](const Object& object) {
      if (kind_info(object.kind).name_space == NameSpace::routine && !object.extension)
        by_name_[object.name.str()].push_back(object.oid);
      if (object.kind != Kind::trigger) return;
      const auto& trigger = static_cast<const Trigger&>(object);
      const Object* table = interpreter_.catalog().find(trigger.parent.oid);
      if (table && trigger.enabled != Enabled::disabled) triggers_[table->name.str()].push_back(&trigger);
    });
  }

  const Interpreter& interpreter_;
  Also also_;
  std::unordered_set<Oid> seen_;
  std::unordered_map<std::string, std::vector<Oid>> by_name_;
  std::unordered_map<std::string, std::vector<const Trigger*>> triggers_;
  bool names_known_ = false;
};

bool names_application_parameter(ast::FuncCall call) {
  const ast::A_Const name = call.args().empty() ? ast::A_Const() : call.args()[0].as<ast::A_Const>();
  return name && name.sval() && name.sval().sval().find('.') != std::string_view::npos;
}

bool has_effect(ast::FuncCall call, std::string_view built_in, Also also) {
  if (is_among(built_in, runners)) return true;
  return also == Also::session && built_in == "set_config" && !names_application_parameter(call);
}

}  // namespace

std::optional<std::string> effect_of_text(const Interpreter& interpreter, std::string_view text, Also also) {
  return EffectSearch(interpreter, also).text(text);
}

std::optional<std::string> effect_of_body(const Interpreter& interpreter, std::string_view language,
                                          std::string_view body) {
  return EffectSearch(interpreter).body(language, body);
}

std::vector<Oid> routines_of_call(const Interpreter& interpreter, ast::FuncCall call) {
  const QualifiedName name = deconstruct(interpreter, call.funcname());
  const analyze::Syscache& cache = cache_of(interpreter);
  std::vector<Oid> schemas = cache.routine_path();
  if (!name.schema.empty()) schemas = {find_schema(interpreter, name.schema)};
  std::vector<Oid> found;
  for (Oid schema : schemas)
    for (Oid routine : cache.procs_named(schema, name.name)) found.push_back(routine);
  return found;
}

std::optional<std::string> effect_of_call(const Interpreter& interpreter, ast::FuncCall call, Also also) {
  EffectSearch search(interpreter, also);
  for (Oid routine : routines_of_call(interpreter, call)) {
    const QualifiedName name = deconstruct(interpreter, call.funcname());
    if (is_builtin(routine) && has_effect(call, name.name, also)) return "calls " + std::string(name.name) + "()";
    if (auto reason = search.routine(routine)) return reason;
  }
  return std::nullopt;
}

std::optional<std::string> effect_of_routine(const Interpreter& interpreter, Oid routine, Also also) {
  return EffectSearch(interpreter, also).routine(routine);
}

std::optional<std::string> effect_of_refs(const Interpreter& interpreter, const std::vector<Oid>& refs) {
  return refs.empty() ? std::nullopt : EffectSearch(interpreter).refs(refs);
}

}  // namespace pgplumb::engine::ddl
