#pragma once
// Reading option lists: commands/define.c.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/base/name.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

namespace ast = parser::ast;

/// The option's value as text; throws 42601 where it has none. defGetString.
std::string def_string(ast::DefElem option);
/// defGetBoolean: no value means true.
bool def_boolean(ast::DefElem option);
/// defGetInt32, defGetInt64, defGetNumeric.
std::int32_t def_int32(ast::DefElem option);
std::int64_t def_int64(ast::DefElem option);
double def_numeric(ast::DefElem option);
/// defGetQualifiedName: the parts of a possibly qualified name.
std::vector<std::string> def_qualified_name(ast::DefElem option);
/// defGetTypeName: names are taken as types.
struct TypeSpelling {
  ast::TypeName type;              // as the grammar made it, or
  std::vector<std::string> names;  // the names that stand for one
};
TypeSpelling def_type_name(ast::DefElem option);

/// The parts joined by dots, unquoted: NameListToString.
std::string name_list_text(const std::vector<std::string>& names);

/// errorConflictingDefElem: an option was given twice, or contradicts an earlier one.
[[noreturn]] void conflicting_option(ast::DefElem option);

/// An option that may be given once.
class OnceOption {
 public:
  void set(ast::DefElem option) {
    if (option_) conflicting_option(option);
    option_ = option;
  }
  explicit operator bool() const { return static_cast<bool>(option_); }
  ast::DefElem operator*() const { return option_; }

 private:
  ast::DefElem option_;
};

/// PostgreSQL's pg_strcasecmp for ASCII.
bool equals_ignoring_case(std::string_view a, std::string_view b);

/// parse_bool of utils/adt/bool.c; nothing where the text is no boolean.
std::optional<bool> parse_boolean(std::string_view text);

/// An option that is an identifier, folded nowhere.
inline catalog::Name def_name(ast::DefElem option) { return catalog::Name(def_string(option)); }

}  // namespace pgplumb::engine::ddl
