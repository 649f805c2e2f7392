#include "engine/ddl/routine_effects.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "catalog/kinds/routine.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/languages.h"
#include "engine/ddl/resolve.h"
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

class EffectSearch {
 public:
  explicit EffectSearch(const Interpreter& interpreter) : interpreter_(interpreter) {}

  std::optional<std::string> text(std::string_view body) {
    parser::Lexer lexer(body);
    parser::Token before;
    for (parser::Token token = lexer.next(); token.kind != parser::TokenKind::end; token = lexer.next()) {
      if (auto reason = word(token, before)) return reason;
      before = token;
    }
    return std::nullopt;
  }

  std::optional<std::string> routine(Oid oid) {
    const Object* object = interpreter_.catalog().find(oid);
    if (!object || kind_info(object->kind).name_space != NameSpace::routine) return std::nullopt;
    if (!seen_.insert(oid).second) return std::nullopt;
    const auto& called = static_cast<const Routine&>(*object);
    if (called.language.oid == languages::c || called.language.oid == languages::internal) return std::nullopt;
    if (auto reason = text(called.body)) return "calls function " + called.name.str() + ", which " + *reason;
    return std::nullopt;
  }

 private:
  std::optional<std::string> word(const parser::Token& token, const parser::Token& before) {
    if (token.kind != parser::TokenKind::word && token.kind != parser::TokenKind::quoted_identifier)
      return std::nullopt;
    const bool first = starts_statement(before);
    for (std::string_view ddl : ddl_words)
      if (first && token.is_word(ddl)) return "holds " + std::string(token.text);
    if (first && token.is_word("execute")) return "builds statements for EXECUTE";
    return called(token);
  }

  /// A name that is some routine's, in whatever schema.
  std::optional<std::string> called(const parser::Token& token) {
    std::string name(token.text);
    if (token.kind == parser::TokenKind::quoted_identifier)
      name = name.substr(1, name.size() - 2);
    else
      std::transform(name.begin(), name.end(), name.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (!names_known_) learn_names();
    const auto known = by_name_.find(name);
    if (known == by_name_.end()) return std::nullopt;
    for (Oid oid : known->second)
      if (auto reason = routine(oid)) return reason;
    return std::nullopt;
  }

  void learn_names() {
    names_known_ = true;
    interpreter_.catalog().for_each([&](const Object& object) {
      if (kind_info(object.kind).name_space == NameSpace::routine && !object.extension)
        by_name_[object.name.str()].push_back(object.oid);
    });
  }

  const Interpreter& interpreter_;
  std::unordered_set<Oid> seen_;
  std::unordered_map<std::string, std::vector<Oid>> by_name_;
  bool names_known_ = false;
};

}  // namespace

std::optional<std::string> effect_of_text(const Interpreter& interpreter, std::string_view text) {
  return EffectSearch(interpreter).text(text);
}

std::vector<Oid> routines_of_call(const Interpreter& interpreter, ast::FuncCall call) {
  const QualifiedName name = deconstruct(interpreter, call.funcname());
  const analyze::Syscache& cache = cache_of(interpreter);
  std::vector<Oid> schemas = cache.search_path();
  if (!name.schema.empty()) schemas = {find_schema(interpreter, name.schema)};
  std::vector<Oid> found;
  for (Oid schema : schemas)
    for (Oid routine : cache.procs_named(schema, name.name)) found.push_back(routine);
  return found;
}

std::optional<std::string> effect_of_call(const Interpreter& interpreter, ast::FuncCall call) {
  for (Oid routine : routines_of_call(interpreter, call))
    if (auto reason = effect_of_routine(interpreter, routine)) return reason;
  return std::nullopt;
}

std::optional<std::string> effect_of_routine(const Interpreter& interpreter, Oid routine) {
  return EffectSearch(interpreter).routine(routine);
}

}  // namespace pgplumb::engine::ddl
