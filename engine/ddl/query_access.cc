#include "engine/ddl/query_access.h"

#include <algorithm>
#include <set>

#include "catalog/expr_walk.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/grant.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/view.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/relation_parts.h"
#include "engine/ddl/reloptions.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;

/// The parts of a query's FROM that the planner proves empty and the executor never opens: partitioned tables without
/// partitions, and what is joined to them (set_append_rel_size of allpaths.c, populate_joinrel_with_paths of joinrels.c).
class EmptyParts {
 public:
  EmptyParts(const Interpreter& interpreter, const expr::Query& query) : interpreter_(interpreter), query_(query) {}

  /// Their places in the range table, counted from 1.
  std::set<int> indexes() {
    const bool all = is_empty();
    for (const expr::JoinTreeItem& item : query_.join_tree.from) collect(item, all);
    return std::move(found_);
  }

  bool is_empty() const {
    const auto& from = query_.join_tree.from;
    return std::any_of(from.begin(), from.end(), [this](const expr::JoinTreeItem& item) { return is_empty(item); });
  }

 private:
  bool is_empty(const expr::JoinTreeItem& item) const {
    if (const auto* reference = std::get_if<expr::RangeTblRef>(&item.value)) return is_empty(entry(reference->rt_index));
    const auto& join = std::get<expr::JoinExpr>(item.value);
    const bool left = is_empty(join.sides[0]), right = is_empty(join.sides[1]);
    switch (join.kind) {
      case expr::JoinKind::left: return left;
      case expr::JoinKind::right: return right;
      case expr::JoinKind::full: return left && right;
      case expr::JoinKind::inner: break;
    }
    return left || right;
  }

  bool is_empty(const expr::RangeTblEntry& entry) const {
    if (entry.kind == expr::RteKind::subquery) return is_simple(*entry.subquery) && EmptyParts(interpreter_, *entry.subquery).is_empty();
    if (entry.kind != expr::RteKind::relation) return false;
    const auto& catalog = interpreter_.catalog();
    if (const auto* view = catalog.find_as<catalog::View>(entry.relation))
      return view->query.tree && is_simple(*view->query.tree) && EmptyParts(interpreter_, *view->query.tree).is_empty();
    return entry.inherit && has_no_partition(entry.relation);
  }

  /// But such as have none themselves.
  bool has_no_partition(Oid relation) const {
    const auto* table = interpreter_.catalog().find_as<catalog::Table>(relation);
    if (!table || table->partition_strategy == catalog::PartitionStrategy::none) return false;
    const std::vector<Oid> partitions = find_inheritance_children(interpreter_.catalog(), relation);
    return std::all_of(partitions.begin(), partitions.end(), [this](Oid partition) { return has_no_partition(partition); });
  }

  /// Whether the planner makes it a part of the query around it (is_simple_subquery of prepjointree.c).
  static bool is_simple(const expr::Query& query) {
    return !query.set_operation && !query.has_aggs && !query.has_window_funcs && !query.has_target_srfs && query.group.empty() &&
           query.grouping_sets.empty() && !query.having && query.sort.empty() && query.distinct.empty() && !query.limit_count &&
           !query.limit_offset && query.ctes.empty();
  }

  void collect(const expr::JoinTreeItem& item, bool empty) {
    empty = empty || is_empty(item);
    if (const auto* reference = std::get_if<expr::RangeTblRef>(&item.value)) {
      if (empty) found_.insert(reference->rt_index);
      return;
    }
    for (const expr::JoinTreeItem& side : std::get<expr::JoinExpr>(item.value).sides) collect(side, empty);
  }

  const expr::RangeTblEntry& entry(int index) const { return query_.range_table[static_cast<std::size_t>(index) - 1]; }

  const Interpreter& interpreter_;
  const expr::Query& query_;
  std::set<int> found_;
};

/// One pass over a query and the views that it reads: permissions first, then whether there are rows.
class ReadCheck {
 public:
  enum class What : std::uint8_t { permissions, rows };
  ReadCheck(const Interpreter& interpreter, What what) : interpreter_(interpreter), what_(what) {}

  void query(const expr::Query& query, Name user) {
    const std::set<int> unopened = what_ == What::rows ? EmptyParts(interpreter_, query).indexes() : std::set<int>();
    std::set<const expr::Query*> left_out;
    for (std::size_t i = 0; i < query.range_table.size(); ++i) {
      const expr::RangeTblEntry& entry = query.range_table[i];
      if (unopened.count(static_cast<int>(i) + 1) > 0)
        left_out.insert(entry.subquery.get());
      else if (entry.kind == expr::RteKind::relation)
        relation(entry.relation, user);
    }
    const expr::Walker below = walker(user);
    expr::walk(query, {below.node, [&](const expr::QueryPtr& part) {
                         if (left_out.count(part.get()) == 0) below.query(part);
                       }});
  }

 private:
  expr::Walker walker(Name user) {
    return {[this, user](const expr::NodePtr& part) { expr::walk(*part, walker(user)); },
            [this, user](const expr::QueryPtr& part) { query(*part, user); }};
  }

  void relation(Oid oid, Name user) {
    const Object* object = interpreter_.catalog().find(oid);
    if (!object) return;
    if (what_ == What::permissions) check_permission(*object, user);
    const auto* stored = interpreter_.catalog().find_as<catalog::MaterializedView>(oid);
    if (what_ == What::rows && stored && !stored->populated)
      throw SqlError("55000", "materialized view \"" + object->name.str() + "\" has not been populated", {},
                     "Use the REFRESH MATERIALIZED VIEW command.");
    const auto* view = interpreter_.catalog().find_as<catalog::View>(oid);
    if (!view || !view->query.tree) return;
    const bool invoker = option_value(view->options, "security_invoker").value_or("false") == "true";
    query(*view->query.tree, invoker ? user : view->owner);
  }

  /// Rights on single columns may do as well.
  void check_permission(const Object& object, Name user) const {
    if (has_privilege(interpreter_, user, object, select_privilege)) return;
    for (const auto* column : interpreter_.catalog().children_of<catalog::Column>(object.oid))
      if (!interpreter_.catalog().children_of<catalog::Grant>(column->oid).empty()) return;
    const std::string word = object.kind == Kind::table || object.kind == Kind::foreign_table
                                 ? std::string("table")
                                 : std::string(catalog::kind_info(object.kind).label);
    throw SqlError("42501", "permission denied for " + word + " " + object.name.str());
  }

  const Interpreter& interpreter_;
  What what_;
};

}  // namespace

void require_readable(const Interpreter& interpreter, const catalog::Query& query, Name user) {
  if (!query.tree) return;
  ReadCheck(interpreter, ReadCheck::What::permissions).query(*query.tree, user);
  ReadCheck(interpreter, ReadCheck::What::rows).query(*query.tree, user);
}

}  // namespace pgplumb::engine::ddl
