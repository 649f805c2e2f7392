// Every expression and query of a live database, analysed and printed again: all of them must be fixed points.
//   pgplumb_audit CONNINFO
// What differs, what is refused and what is not simulated is listed, with the counts at the end.
#include <fmt/format.h>

#include <iostream>
#include <map>

#include "catalog/kinds/column.h"
#include "catalog/kinds/column_default.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/policy.h"
#include "catalog/kinds/routine.h"
#include "catalog/kinds/trigger.h"
#include "catalog/kinds/view.h"
#include "engine/analyze/api.h"
#include "engine/analyze/errors.h"
#include "engine/deparse/deparse.h"
#include "engine/introspect/introspect.h"

namespace {

using namespace pgplumb;
using engine::analyze::Analyzer;
using engine::deparse::Scope;

class Audit {
 public:
  explicit Audit(const engine::LiveCatalog& live)
      : objects_(live.catalog), analyzer_(live.server_version_num / 10000, &live.catalog, {11}) {}

  int run() {
    objects_.for_each([this](const catalog::Object& object) { visit(object); });
    for (const auto& [word, count] : equal_) total_ += count;
    std::cout << fmt::format("{} fixed points, {} different, {} refused, {} not simulated, {} unresolved\n", total_,
                             different_, refused_, not_simulated_, unresolved_);
    return different_ + refused_ == 0 ? 0 : 1;
  }

 private:
  void visit(const catalog::Object& object) {
    switch (object.kind) {
      case catalog::Kind::view: return query(object, static_cast<const catalog::View&>(object).query);
      case catalog::Kind::materialized_view:
        return query(object, static_cast<const catalog::MaterializedView&>(object).query);
      case catalog::Kind::column_default: return column_default(static_cast<const catalog::ColumnDefault&>(object));
      case catalog::Kind::constraint: return constraint(static_cast<const catalog::Constraint&>(object));
      case catalog::Kind::index: return index(static_cast<const catalog::Index&>(object));
      case catalog::Kind::policy: {
        const auto& policy = static_cast<const catalog::Policy&>(object);
        of_relation(object, policy.using_expression, object.parent.oid);
        return of_relation(object, policy.check_expression, object.parent.oid);
      }
      case catalog::Kind::trigger:
        return expression(object, static_cast<const catalog::Trigger&>(object).when,
                          {catalog::ExprScope::old_new, object.parent.oid, {}, 0}, Scope::old_and_new(object.parent.oid));
      case catalog::Kind::function:
      case catalog::Kind::procedure:
        for (const auto& argument : static_cast<const catalog::Routine&>(object).arguments) {
          expression(object, argument.default_expression, {}, Scope::nothing());
        }
        return;
      default: return;
    }
  }

  void column_default(const catalog::ColumnDefault& object) {
    const auto* column = objects_.find_as<catalog::Column>(object.parent.oid);
    if (column) of_relation(object, object.expression, column->parent.oid);
  }

  void constraint(const catalog::Constraint& object) {
    const auto* domain = objects_.find_as<catalog::Domain>(object.parent.oid);
    if (!domain) return of_relation(object, object.expression, object.parent.oid);
    expression(object, object.expression, {catalog::ExprScope::domain, 0, domain->base, domain->collation.oid},
               Scope::nothing());
  }

  void index(const catalog::Index& object) {
    of_relation(object, object.predicate, object.parent.oid);
    for (const auto& column : object.columns) of_relation(object, column.expression, object.parent.oid);
  }

  void of_relation(const catalog::Object& object, const catalog::Expr& expression_, catalog::Oid relation) {
    expression(object, expression_, {catalog::ExprScope::relation, relation, {}, 0}, Scope::of_relation(relation));
  }

  void expression(const catalog::Object& object, const catalog::Expr& live, Analyzer::LiveScope scope, Scope print_scope) {
    if (live.text.empty()) return;
    check(object, live.text, [&](bool& unresolved) {
      auto analyzed = analyzer_.live_expression(live.text, scope);
      unresolved = !analyzed.unresolved.empty();
      std::string printed = engine::deparse::print_expression(analyzer_.cache(), *analyzed.tree, print_scope);
      bool in_parentheses = object.kind == catalog::Kind::trigger || "(" + printed + ")" == live.text;
      return in_parentheses ? "(" + printed + ")" : printed;
    });
  }

  void query(const catalog::Object& object, const catalog::Query& live) {
    check(object, live.text, [&](bool& unresolved) {
      auto analyzed = analyzer_.live_query(live.text);
      unresolved = !analyzed.query.unresolved.empty();
      return engine::deparse::print_view(analyzer_.cache(), *analyzed.query.tree, object.oid);
    });
  }

  template <class Print>
  void check(const catalog::Object& object, const std::string& text, Print print) {
    std::string word(catalog::kind_info(object.kind).word);
    std::string name = object.name.empty() ? word : object.name.str();
    try {
      bool unresolved = false;
      std::string printed = print(unresolved);
      if (unresolved) ++unresolved_;
      if (printed == text) {
        ++equal_[word];
        return;
      }
      ++different_;
      std::cout << "DIFFERENT " << word << " " << name << "\n  server: " << text << "\n  ours:   " << printed << "\n";
    } catch (const catalog::SqlError& error) {
      ++refused_;
      std::cout << "REFUSED " << word << " " << name << ": " << error.sqlstate << " " << error.message << "\n  " << text
                << "\n";
    } catch (const catalog::NotSimulated& reason) {
      ++not_simulated_;
      std::cout << "NOT SIMULATED " << word << " " << name << ": " << reason.what() << "\n  " << text << "\n";
    }
  }

  const catalog::Catalog& objects_;
  Analyzer analyzer_;
  std::map<std::string, int> equal_;
  int total_ = 0, different_ = 0, refused_ = 0, not_simulated_ = 0, unresolved_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: pgplumb_audit CONNINFO\n";
    return 2;
  }
  engine::ConnectionSettings settings;
  settings.target = argv[1];
  engine::LiveCatalog live = engine::introspect(settings);
  return Audit(live).run();
}
