#include "engine/analyze/stored_statements.h"

#include <fmt/format.h>

#include "catalog/base/name.h"
#include "catalog/expr_walk.h"
#include "engine/analyze/analyze.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_clause.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_func.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_target.h"

namespace pgplumb::engine::analyze {

using expr::make;

namespace {

constexpr int old_index = 1, new_index = 2;  // PRS2_OLD_VARNO, PRS2_NEW_VARNO

/// Whether the entry is referred to: rangeTableEntry_used, as far as Vars tell.
class EntryUse {
 public:
  explicit EntryUse(int rt_index) : rt_index_(rt_index) {}
  bool used = false;

  void node(const NodePtr& part, int depth) {
    if (!part || used) return;
    if (const auto* var = part->as<expr::Var>(); var && var->levels_up == depth && var->rt_index == rt_index_) {
      used = true;
      return;
    }
    expr::walk(*part, walker(depth));
  }
  void query(const expr::Query& part, int depth) {
    if (!used) expr::walk(part, walker(depth));
  }

 private:
  expr::Walker walker(int depth) {
    return {[this, depth](const NodePtr& part) { node(part, depth); },
            [this, depth](const QueryPtr& part) { query(*part, depth + 1); }};
  }
  int rt_index_;
};

bool uses(const expr::Query& query, const NodePtr& condition, int rt_index) {
  EntryUse use(rt_index);
  use.query(query, 0);
  use.node(condition, 0);
  return use.used;
}

class Rule {
 public:
  Rule(const Syscache& cache, const Settings& settings, ast::RuleStmt rule, Oid relation)
      : cache_(cache), settings_(settings), rule_(rule), relation_(relation) {}

  QueryPtr run() {
    expr::Query result;
    result.command = expr::CommandType::compound;
    condition_ = condition();
    result.condition = condition_;
    for (ast::Node action : rule_.actions()) result.statements.push_back(action_of(action));
    return share_query(std::move(result));
  }

 private:
  bool has_old() const {
    return rule_.event() != ast::CmdType::CMD_INSERT;  // with SELECT it can be named, and is refused later
  }
  bool has_new() const {
    return rule_.event() == ast::CmdType::CMD_UPDATE || rule_.event() == ast::CmdType::CMD_INSERT;
  }

  void add_rows(ParseState& state, bool columns_visible) const {
    for (bool is_old : {true, false}) {
      expr::Alias alias;
      alias.name = is_old ? "old" : "new";
      NamespaceItemPtr item = add_relation(state, relation_, alias, false, false);
      bool visible = columns_visible ? (is_old ? has_old() : has_new()) : true;
      if (visible) add_item_to_query(state, item, false, true, columns_visible);
    }
  }

  NodePtr condition() const {
    ParseState state(cache_, settings_);
    add_rows(state, true);
    NodePtr where = transform_where_clause(state, rule_.where_clause(), ExprKind::where, "WHERE");
    if (state.range_table.size() != 2) {
      fail(errcode::invalid_object_definition, "rule WHERE condition cannot contain references to other relations");
    }
    return assign_expr_collations(state, where);
  }

  QueryPtr action_of(ast::Node action) const {
    if (auto notify = action.as<ast::NotifyStmt>()) return notification(notify);
    ParseState state(cache_, settings_);
    add_rows(state, false);
    QueryPtr query = transform_statement(state, action);
    return with_old_joined(query);
  }

  QueryPtr notification(ast::NotifyStmt notify) const {
    if (condition_) {
      fail(errcode::invalid_object_definition,
           "rules with WHERE conditions can only have SELECT, INSERT, UPDATE, or DELETE actions");
    }
    expr::Query query;
    query.command = expr::CommandType::utility;
    query.utility = expr::NotifyCommand{std::string(notify.conditionname()), std::nullopt};
    if (notify.payload().data()) query.utility->payload = std::string(notify.payload());
    return share_query(std::move(query));
  }

  // INSERT … SELECT keeps OLD and NEW in its SELECT: getInsertSelectQuery.
  static int select_entry(const expr::Query& query) {
    if (query.command != expr::CommandType::insert) return 0;
    const auto& entries = query.range_table;
    if (entries.size() >= 2 && entries[0].eref.name == "old" && entries[1].eref.name == "new") return 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].kind == expr::RteKind::subquery) return static_cast<int>(i) + 1;
    }
    return 0;
  }

  QueryPtr with_old_joined(const QueryPtr& query) const {
    int at = select_entry(*query);
    if (at == 0) return joined(query);
    expr::Query copy = *query;
    auto& entry = copy.range_table[static_cast<std::size_t>(at) - 1];
    entry.subquery = joined(entry.subquery);
    return share_query(std::move(copy));
  }

  /// Rows of the rule can't be joined to what WITH computes.
  static void check_ctes(const expr::Query& query) {
    for (const expr::CommonTableExpr& cte : query.ctes)
      for (int index : {old_index, new_index}) {
        EntryUse use(index);
        use.query(*cte.query, 1);
        if (use.used)
          fail(errcode::feature_not_supported,
               std::string("cannot refer to ") + (index == old_index ? "OLD" : "NEW") + " within WITH query");
      }
  }

  QueryPtr joined(const QueryPtr& query) const {
    if (query->set_operation && condition_) {
      fail(errcode::feature_not_supported, "conditional UNION/INTERSECT/EXCEPT statements are not implemented");
    }
    bool old_used = uses(*query, condition_, old_index), new_used = uses(*query, condition_, new_index);
    check_rows(old_used, new_used);
    check_ctes(*query);
    if (!old_used && !(new_used && rule_.event() == ast::CmdType::CMD_UPDATE)) return query;
    if (query->set_operation) {
      fail(errcode::feature_not_supported, "UNION/INTERSECT/EXCEPT rules cannot refer to OLD or NEW");
    }
    expr::Query copy = *query;
    copy.join_tree.from.insert(copy.join_tree.from.begin(), expr::JoinTreeItem{expr::RangeTblRef{old_index}});
    return share_query(std::move(copy));
  }

  void check_rows(bool old_used, bool new_used) const {
    auto refuse = [](const char* message) { fail(errcode::invalid_object_definition, message); };
    switch (rule_.event()) {
      case ast::CmdType::CMD_SELECT:
        if (old_used) refuse("ON SELECT rule cannot use OLD");
        if (new_used) refuse("ON SELECT rule cannot use NEW");
        break;
      case ast::CmdType::CMD_INSERT:
        if (old_used) refuse("ON INSERT rule cannot use OLD");
        break;
      case ast::CmdType::CMD_DELETE:
        if (new_used) refuse("ON DELETE rule cannot use NEW");
        break;
      default: break;
    }
  }

  const Syscache& cache_;
  const Settings& settings_;
  ast::RuleStmt rule_;
  Oid relation_;
  NodePtr condition_;
};

/// The arguments of an SQL function, as names and as numbers: sql_fn_post_column_ref and sql_fn_param_ref.
struct Arguments {
  std::string function_name;
  std::vector<FunctionArgument> list;

  NodePtr param(ParseState& state, std::size_t at, int location) const {
    expr::Param param;
    param.id = static_cast<int>(at) + 1;
    param.type = list[at].type;
    param.collation = type_collation(state.cache, param.type);
    param.name = std::string(list[at].name);
    return make(std::move(param), location);
  }
  NodePtr named(ParseState& state, std::string_view name, int location) const {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!list[i].name.empty() && list[i].name == name) return param(state, i, location);
    }
    return nullptr;
  }
  NodePtr numbered(ParseState& state, int number, int location) const {
    bool known = number > 0 && static_cast<std::size_t>(number) <= list.size();
    return known ? param(state, static_cast<std::size_t>(number) - 1, location) : nullptr;
  }
};

NodePtr field_of(ParseState& state, const NodePtr& param, std::string_view field, int location) {
  CallRequest request;
  request.name = {field};
  request.args = {param};
  request.last_srf = state.last_srf;
  request.location = location;
  return parse_func_or_column(state, std::move(request));
}

// A, F.A, A.FIELD and F.A.FIELD
NodePtr argument_reference(const Arguments& arguments, ParseState& state, ast::ColumnRef ref) {
  ast::List<ast::Node> fields = ref.fields();
  std::size_t count = fields.size();
  if (fields[count - 1].is<ast::A_Star>()) --count;
  if (count == 0 || count > 3) return nullptr;
  int location = ref.location();
  std::string_view first = fields[0].str();
  if (count == 1) return arguments.named(state, first, location);
  if (count == 3) {
    if (first != arguments.function_name) return nullptr;
    NodePtr param = arguments.named(state, fields[1].str(), location);
    return param ? field_of(state, param, fields[2].str(), location) : nullptr;
  }
  if (first == arguments.function_name) {
    if (NodePtr param = arguments.named(state, fields[1].str(), location)) return param;
  }
  NodePtr param = arguments.named(state, first, location);
  return param ? field_of(state, param, fields[1].str(), location) : nullptr;
}

QueryPtr transform_return(ParseState& state, ast::ReturnStmt statement) {
  expr::Query query;
  query.is_return = true;
  expr::TargetEntry target;
  target.expr = transform_expr(state, statement.returnval(), ExprKind::select_target);
  target.resno = 1;
  query.targets.push_back(std::move(target));
  if (state.resolve_unknowns) resolve_unknown_targets(state, query.targets);
  assign_query_collations(state, query);
  finish_query(state, query);
  return share_query(std::move(query));
}

}  // namespace

QueryPtr transform_rule(const Syscache& cache, const Settings& settings, ast::RuleStmt rule, Oid relation) {
  return Rule(cache, settings, rule, relation).run();
}

void add_function_arguments(ParseState& state, std::string_view function_name,
                            std::vector<FunctionArgument> arguments) {
  auto known = std::make_shared<Arguments>(Arguments{std::string(function_name), std::move(arguments)});
  state.hooks.post_column_ref = [known](ParseState& at, ast::ColumnRef ref, NodePtr found) -> NodePtr {
    return found ? nullptr : argument_reference(*known, at, ref);
  };
  state.hooks.param_ref = [known](ParseState& at, ast::ParamRef ref) {
    return known->numbered(at, ref.number(), ref.location());
  };
}

namespace {

/// A body that is kept as a tree holds queries only (interpret_AS_clause).
void require_query(ast::Node statement) {
  const char* tag = nullptr;
  switch (statement.tag()) {
    case ast::NodeTag::CreateStmt: tag = "CREATE TABLE"; break;
    case ast::NodeTag::CreateTableAsStmt: tag = "CREATE TABLE AS"; break;
    case ast::NodeTag::ViewStmt: tag = "CREATE VIEW"; break;
    case ast::NodeTag::IndexStmt: tag = "CREATE INDEX"; break;
    case ast::NodeTag::AlterTableStmt: tag = "ALTER TABLE"; break;
    case ast::NodeTag::CallStmt: tag = "CALL"; break;
    case ast::NodeTag::TruncateStmt: tag = "TRUNCATE TABLE"; break;
    default: return;
  }
  fail(errcode::feature_not_supported, std::string(tag) + " is not yet supported in unquoted SQL function body");
}

}  // namespace

QueryPtr transform_function_body(const Syscache& cache, const Settings& settings, ast::Node body,
                                 std::string_view function_name, const std::vector<FunctionArgument>& arguments) {
  auto statement_of = [&](ast::Node node) {
    ParseState state(cache, settings);
    add_function_arguments(state, function_name, arguments);
    if (auto statement = node.as<ast::ReturnStmt>()) return transform_return(state, statement);
    require_query(node);
    return transform_statement(state, node);
  };
  if (body.is<ast::ReturnStmt>()) return statement_of(body);
  expr::Query result;
  result.command = expr::CommandType::compound;
  // The grammar wraps the statements in a list of its own.
  ast::List<ast::Node> statements = body.items();
  if (statements.size() == 1 && statements[0].is<ast::ListNode>()) statements = statements[0].items();
  for (ast::Node node : statements)
    if (node) result.statements.push_back(statement_of(node));  // BEGIN ATOMIC END holds nothing
  return share_query(std::move(result));
}

}  // namespace pgplumb::engine::analyze
