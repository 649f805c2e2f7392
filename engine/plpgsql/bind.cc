#include "engine/plpgsql/bind.h"

#include "catalog/kinds/procedure.h"
#include "engine/analyze/analyze.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_func.h"
#include "engine/analyze/parse_state.h"
#include "engine/analyze/stored_statements.h"
#include "engine/plpgsql/expand_arguments.h"
#include "engine/plpgsql/names.h"

namespace pgplumb::engine::plpgsql {

namespace {

namespace ast = parser::ast;
namespace expr = catalog::expr;
using analyze::ParseState;
using expr::NodePtr;

/// Makes the Params, and keeps what they stand for.
class Binder {
 public:
  Binder(const Scope& scope, std::vector<Value>& parameters) : scope_(scope), parameters_(parameters) {}

  NodePtr before(ParseState& state, ast::ColumnRef ref) {
    return scope_.function && scope_.function->conflict == Conflict::use_variable ? resolve(state, ref, false)
                                                                                  : nullptr;
  }

  NodePtr after(ParseState& state, ast::ColumnRef ref, const NodePtr& found) {
    if (!scope_.function || scope_.function->conflict == Conflict::use_variable) return nullptr;
    if (scope_.function->conflict == Conflict::use_column && found) return nullptr;
    NodePtr mine = resolve(state, ref, !found);
    if (mine && found)
      throw SqlError("42702", "column reference \"" + text_of(ref) + "\" is ambiguous",
                     "It could refer to either a PL/pgSQL variable or a table column.");
    return mine;
  }

  NodePtr numbered(ParseState& state, ast::ParamRef ref) {
    if (!scope_.function) return nullptr;
    const FoundName found = find_variable(*scope_.function, scope_.names, "$" + std::to_string(ref.number()), {});
    return found ? whole(state, found.variable, ref.location()) : nullptr;
  }

 private:
  static std::string text_of(ast::ColumnRef ref) {
    std::string text;
    for (ast::Node field : ref.fields()) text += (text.empty() ? "" : ".") + std::string(field.str());
    return text;
  }

  const Slot& slot(int variable) const { return (*scope_.frame)[static_cast<std::size_t>(variable)]; }

  NodePtr resolve(ParseState& state, ast::ColumnRef ref, bool field_must_exist) {
    const ast::List<ast::Node> fields = ref.fields();
    const bool star = fields.back().is<ast::A_Star>();
    const std::size_t count = fields.size() - (star ? 1 : 0);
    if (count == 0 || count > 3) return nullptr;
    const std::string_view first = fields[0].str();
    const std::string_view second = count > 1 ? fields[1].str() : std::string_view();
    const FoundName found = find_variable(*scope_.function, scope_.names, first, second);
    if (!found) return nullptr;
    const std::size_t left = count - static_cast<std::size_t>(found.names_used);
    if (left == 0)
      return star && !is_composite(found.variable) ? nullptr : whole(state, found.variable, ref.location());
    if (left > 1 || star || !is_composite(found.variable)) return nullptr;
    return field(state, found.variable, fields[count - 1].str(), ref.location(), field_must_exist);
  }

  bool is_composite(int variable) const {
    return scope_.function->variables[static_cast<std::size_t>(variable)].composite;
  }

  NodePtr param(ParseState& state, const Value& value, TypeRef type, int location) {
    parameters_.push_back(value);
    expr::Param param;
    param.id = static_cast<int>(parameters_.size());
    param.type = type.type;
    param.typmod = type.typmod;
    param.collation = analyze::type_collation(state.cache, type.type);
    return expr::make(std::move(param), location);
  }

  NodePtr whole(ParseState& state, int variable, int location) {
    const Slot& at = slot(variable);
    if (!is_composite(variable)) return param(state, at.value, at.type, location);
    if (!at.row.unknown.empty()) return param(state, Value::unknown(at.type.type, at.row.unknown), at.type, location);
    if (!at.row.assigned || at.row.is_null) return param(state, Value::null(at.type.type), at.type, location);
    expr::RowExpr row;
    row.type = at.type.type;
    for (std::size_t i = 0; i < at.row.columns.size(); ++i) {
      row.args.push_back(param(state, at.row.values[i], at.row.columns[i].type, location));
      row.column_names.push_back(at.row.columns[i].name);
    }
    return expr::make(std::move(row), location);
  }

  NodePtr field(ParseState& state, int variable, std::string_view name, int location, bool must_exist) {
    const Slot& at = slot(variable);
    const std::string& row_name = scope_.function->variables[static_cast<std::size_t>(variable)].name;
    if (!at.row.assigned && !at.row.unknown.empty()) throw NotSimulated(at.row.unknown);
    if (!at.row.assigned)
      throw SqlError("55000", "record \"" + row_name + "\" is not assigned yet",
                     "The tuple structure of a not-yet-assigned record is indeterminate.");
    for (std::size_t i = 0; i < at.row.columns.size(); ++i)
      if (at.row.columns[i].name == name) return param(state, at.row.values[i], at.row.columns[i].type, location);
    if (!must_exist) return nullptr;
    throw SqlError("42703", "record \"" + row_name + "\" has no field \"" + std::string(name) + "\"");
  }

  const Scope& scope_;
  std::vector<Value>& parameters_;
};

void hook(ParseState& state, const std::shared_ptr<Binder>& binder) {
  state.hooks.pre_column_ref = [binder](ParseState& at, ast::ColumnRef ref) { return binder->before(at, ref); };
  state.hooks.post_column_ref = [binder](ParseState& at, ast::ColumnRef ref, NodePtr found) {
    return binder->after(at, ref, found);
  };
  state.hooks.param_ref = [binder](ParseState& at, ast::ParamRef ref) { return binder->numbered(at, ref); };
}

// Positions are within a text that the user has not written like that.
template <class F>
auto without_location(F&& work) {
  try {
    return work();
  } catch (SqlError& error) {
    error.location = -1;
    throw;
  } catch (NotSimulated& limit) {
    limit.location = -1;
    throw;
  }
}

}  // namespace

Bound bind(Interpreter& interpreter, ast::Node statement, const Scope& scope) {
  return without_location([&] {
    Bound bound;
    const analyze::Settings settings = interpreter.analysis_settings();
    ParseState state(interpreter.cache(), settings);
    hook(state, std::make_shared<Binder>(scope, bound.parameters));
    bound.query = expand_arguments(interpreter.catalog(), analyze::transform_statement(state, statement));
    return bound;
  });
}

Bound bind_select(Interpreter& interpreter, ast::SelectStmt select) {
  const analyze::Settings settings = interpreter.analysis_settings();
  ParseState state(interpreter.cache(), settings);
  return {expand_arguments(interpreter.catalog(), analyze::transform_select(state, select)), {}};
}

namespace {

/// Of OUT parameters, the arguments only say where their values go.
bool gives_value(const catalog::Catalog& catalog, Oid procedure, std::size_t position) {
  const auto* routine = catalog.find_as<catalog::Procedure>(procedure);
  if (!routine || position >= routine->arguments.size()) return true;
  return routine->arguments[position].mode != catalog::ArgumentMode::out || catalog.major() < 14;
}

void resolve_call(Interpreter& interpreter, ParseState& state, ast::FuncCall call, BoundCall& bound) {
  analyze::CallRequest request;
  request.call = call;
  request.procedure = true;
  request.location = call.location();
  for (ast::Node name : call.funcname()) request.name.push_back(name.str());
  for (ast::Node argument : call.args())
    request.args.push_back(analyze::transform_expr(state, argument, analyze::ExprKind::call_argument));
  const NodePtr node =
      expand_arguments(interpreter.catalog(), analyze::parse_func_or_column(state, std::move(request)));
  const auto* function = expr::as<expr::FuncExpr>(node);
  if (!function) throw NotSimulated("a CALL of what is no procedure");
  bound.procedure = function->function;
  for (std::size_t at = 0; at < function->args.size(); ++at)
    if (gives_value(interpreter.catalog(), bound.procedure, at))
      bound.arguments.push_back(analyze::assign_expr_collations(state, function->args[at]));
}

/// The parameters of an SQL function by name and number.
void add_arguments(ParseState& state, std::string_view function, const std::vector<std::string>& names,
                   const std::vector<Value>& arguments) {
  std::vector<analyze::FunctionArgument> known;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    known.push_back({i < names.size() ? std::string_view(names[i]) : std::string_view(), arguments[i].type});
  analyze::add_function_arguments(state, function, std::move(known));
}

}  // namespace

Bound bind_arguments(Interpreter& interpreter, ast::Node statement, std::string_view function,
                     const std::vector<std::string>& names, const std::vector<Value>& arguments) {
  return without_location([&] {
    Bound bound;
    const analyze::Settings settings = interpreter.analysis_settings();
    ParseState state(interpreter.cache(), settings);
    add_arguments(state, function, names, arguments);
    bound.query = expand_arguments(interpreter.catalog(), analyze::transform_statement(state, statement));
    bound.parameters = arguments;
    return bound;
  });
}

Bound bind_numbered(Interpreter& interpreter, ast::Node statement, const std::vector<Value>& arguments) {
  return bind_arguments(interpreter, statement, {}, {}, arguments);
}

BoundCall bind_call(Interpreter& interpreter, ast::CallStmt call, const Scope& scope) {
  return without_location([&] {
    BoundCall bound;
    const analyze::Settings settings = interpreter.analysis_settings();
    ParseState state(interpreter.cache(), settings);
    hook(state, std::make_shared<Binder>(scope, bound.parameters));
    resolve_call(interpreter, state, call.funccall(), bound);
    return bound;
  });
}

BoundCall bind_call(Interpreter& interpreter, ast::CallStmt call, std::string_view function,
                    const std::vector<std::string>& names, const std::vector<Value>& arguments) {
  return without_location([&] {
    BoundCall bound;
    const analyze::Settings settings = interpreter.analysis_settings();
    ParseState state(interpreter.cache(), settings);
    add_arguments(state, function, names, arguments);
    resolve_call(interpreter, state, call.funccall(), bound);
    bound.parameters = arguments;
    return bound;
  });
}

std::vector<ResultColumn> columns_of(const expr::Query& query) {
  const std::vector<expr::TargetEntry>& targets =
      query.command == expr::CommandType::select ? query.targets : query.returning;
  std::vector<ResultColumn> columns;
  for (const expr::TargetEntry& target : targets)
    if (!target.junk) columns.push_back({target.name, {expr::type_of(*target.expr), expr::typmod_of(*target.expr)}});
  return columns;
}

}  // namespace pgplumb::engine::plpgsql
