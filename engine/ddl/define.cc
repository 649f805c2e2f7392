#include "engine/ddl/define.h"

#include "engine/ddl/dispatch.h"

namespace pgplumb::engine::ddl {

using ast::ObjectType;

void define(Interpreter& interpreter, ast::DefineStmt statement) {
  switch (statement.kind()) {
    case ObjectType::OBJECT_TYPE:
      return define_type(interpreter, statement);
    case ObjectType::OBJECT_AGGREGATE:
      return define_aggregate(interpreter, statement);
    case ObjectType::OBJECT_OPERATOR:
      return define_operator(interpreter, statement);
    case ObjectType::OBJECT_COLLATION:
      return define_collation(interpreter, statement);
    case ObjectType::OBJECT_TSPARSER:
      return define_text_search_parser(interpreter, statement);
    case ObjectType::OBJECT_TSTEMPLATE:
      return define_text_search_template(interpreter, statement);
    case ObjectType::OBJECT_TSDICTIONARY:
      return define_text_search_dictionary(interpreter, statement);
    case ObjectType::OBJECT_TSCONFIGURATION:
      return define_text_search_configuration(interpreter, statement);
    default:
      throw NotSimulated("CREATE of " + std::string(ast::to_string(statement.kind())));
  }
}

}  // namespace pgplumb::engine::ddl
