#include "engine/ddl/query_access.h"

#include "catalog/expr_walk.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/grant.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/view.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/reloptions.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;

/// One pass over a query and the views that it reads: permissions first, then whether there are rows.
class ReadCheck {
 public:
  enum class What : std::uint8_t { permissions, rows };
  ReadCheck(const Interpreter& interpreter, What what) : interpreter_(interpreter), what_(what) {}

  void query(const expr::Query& query, Name user) {
    for (const expr::RangeTblEntry& entry : query.range_table)
      if (entry.kind == expr::RteKind::relation) relation(entry.relation, user);
    expr::walk(query, walker(user));
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
