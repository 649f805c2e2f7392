#include "engine/ddl/lookup_operator.h"

#include "engine/analyze/format_type.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/def_elem.h"

namespace pgplumb::engine::ddl {

using analyze::Syscache;

namespace {

/// OpernameGetOprid
Oid find_operator(const Interpreter& interpreter, const Syscache& cache, const std::vector<std::string>& name, Oid left,
                  Oid right) {
  if (name.size() > 1) {
    const Oid schema = find_schema(interpreter, name[name.size() - 2]);
    return schema == invalid_oid ? invalid_oid : cache.operator_named(schema, name.back(), left, right);
  }
  for (Oid schema : cache.search_path())
    if (const Oid op = cache.operator_named(schema, name.back(), left, right); op != invalid_oid) return op;
  return invalid_oid;
}

Oid operand(const Syscache& cache, ast::Node node, bool missing_ok, bool& known) {
  if (!node) return invalid_oid;
  const auto name = node.as<ast::TypeName>();
  const std::size_t parts = name.names().size();
  const bool no_schema = parts > 1 && cache.schema_by_name(name.names()[parts - 2].str()) == invalid_oid;
  const Oid type = missing_ok && no_schema ? invalid_oid : analyze::find_type_name(cache, name).type;
  if (type == invalid_oid && !missing_ok) analyze::resolve_type_name(cache, node.as<ast::TypeName>());
  if (type == invalid_oid) known = false;
  return type;
}

}  // namespace

std::vector<std::string> string_list(ast::List<ast::Node> names) {
  std::vector<std::string> strings;
  for (ast::Node name : names) strings.emplace_back(name.str());
  return strings;
}

std::string operator_signature(const Syscache& cache, const std::string& name, Oid left, Oid right) {
  std::string text;
  if (left != invalid_oid) text += analyze::format_type(cache, left) + " ";
  text += name;
  if (right != invalid_oid) text += " " + analyze::format_type(cache, right);
  return text;
}

Oid lookup_operator(const Interpreter& interpreter, const std::vector<std::string>& name, Oid left, Oid right,
                    bool missing_ok) {
  const Syscache& cache = cache_of(interpreter);
  const Oid op = find_operator(interpreter, cache, name, left, right);
  if (op != invalid_oid || missing_ok) return op;
  if (right == invalid_oid && interpreter.major() >= 14) throw SqlError("42601", "postfix operators are not supported");
  throw SqlError("42883", "operator does not exist: " + operator_signature(cache, name_list_text(name), left, right));
}

Operands operands_of(const Interpreter& interpreter, ast::ObjectWithArgs object, bool missing_ok) {
  const Syscache& cache = cache_of(interpreter);
  Operands operands;
  operands.left = operand(cache, object.objargs()[0], missing_ok, operands.known);
  operands.right = operand(cache, object.objargs()[1], missing_ok, operands.known);
  return operands;
}

Oid lookup_operator(const Interpreter& interpreter, ast::ObjectWithArgs object, bool missing_ok) {
  const Operands operands = operands_of(interpreter, object, missing_ok);
  if (!operands.known) return invalid_oid;
  return lookup_operator(interpreter, string_list(object.objname()), operands.left, operands.right, missing_ok);
}

}  // namespace pgplumb::engine::ddl
