// The rows of range-table entries: relations, subqueries, functions, VALUES and WITH items.
#include <set>

#include "catalog/kinds/common.h"
#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/vars.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/catalogs/table.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/executor.h"
#include "engine/evaluate/views.h"

namespace pgplumb::engine::evaluate {

namespace {

constexpr int deepest = 40;

/// Whether the query reads rows of queries around it.
bool is_correlated(const expr::QueryPtr& query) {
  for (int level = 1; level < deepest; ++level)
    if (analyze::contains_vars_of_level(query, level)) return true;
  return false;
}

RelationPtr row_set(Rows rows) { return std::make_shared<RowSet>(std::move(rows)); }

std::string relation_name(const analyze::Syscache& cache, Oid relation) {
  const analyze::RelationRow* row = cache.relation(relation);
  return row ? std::string(cache.schema_name(row->schema)) + "." + std::string(row->name) : std::to_string(relation);
}

Frame& outer_level(Frame& frame, int levels) {
  Frame* level = &frame;
  for (; levels > 0; --levels) level = level->outer;
  return *level;
}

class FromClause {
 public:
  FromClause(Executor& executor, Frame& frame) : executor_(executor), frame_(frame) {}

  Rows functions(const expr::RangeTblEntry& entry) {
    Rows all;
    std::size_t width = 0;
    for (const expr::RangeTblFunction& function : entry.functions) {
      const auto columns = static_cast<std::size_t>(function.column_count);
      append_columns(all, width, function_rows(function), columns);
      width += columns;
    }
    if (entry.with_ordinality)
      for (std::size_t i = 0; i < all.size(); ++i)
        all[i].push_back(Value::of(catalog::types::int8, std::to_string(i + 1)));
    return all;
  }

  Rows values(const expr::RangeTblEntry& entry) {
    Rows rows;
    for (const auto& row : entry.values) rows.push_back(executor_.evaluate(row, frame_));
    return rows;
  }

 private:
  Rows function_rows(const expr::RangeTblFunction& function) {
    const auto columns = static_cast<std::size_t>(function.column_count);
    const auto* call = expr::as<expr::FuncExpr>(function.call);
    Rows rows;
    if (call) {
      rows = executor_.call_set(call->function, call->type, executor_.evaluate(call->args, frame_));
    } else {
      rows.push_back({executor_.evaluate(function.call, frame_)});
    }
    for (Values& row : rows)
      if (row.size() == 1 && columns > 1) row = fields(row.front(), columns);
    return rows;
  }

  static Values fields(const Value& record, std::size_t columns) {
    if (record.is_unknown()) throw NotSimulated(record.text);
    Values row(columns);
    if (record.is_null()) return row;
    const std::vector<Element> parts = read_record(record.text);
    for (std::size_t i = 0; i < columns && i < parts.size(); ++i)
      if (parts[i]) row[i] = Value::of(invalid_oid, *parts[i]);
    return row;
  }

  /// ROWS FROM: side by side, the shorter padded with NULLs.
  static void append_columns(Rows& all, std::size_t width, Rows more, std::size_t columns) {
    if (more.size() > all.size()) all.resize(more.size(), Values(width));
    for (std::size_t i = 0; i < all.size(); ++i) {
      Values row = i < more.size() ? std::move(more[i]) : Values(columns);
      row.resize(columns);
      all[i].insert(all[i].end(), row.begin(), row.end());
    }
  }

  Executor& executor_;
  Frame& frame_;
};

/// WITH RECURSIVE: each round sees the rows of the one before.
Rows recursive_rows(Executor& executor, const expr::CommonTableExpr& cte, Frame& owner) {
  const auto& operation = cte.query->set_operation;
  if (!operation || operation->left.operation || operation->right.operation || cte.search || cte.cycle)
    throw NotSimulated("a recursive query of that form");
  std::set<std::string> seen;
  const auto leaf = [&](int rt_index) {
    Frame parent(*cte.query, &owner);
    const expr::Query& query = *parent.entry(rt_index).subquery;
    Frame frame(query, &parent);
    Rows fresh;
    for (Values& row : executor.run(query, frame))
      if (operation->all || seen.insert(row_key(executor.cache(), row)).second) fresh.push_back(std::move(row));
    return fresh;
  };
  Rows all = leaf(operation->left.rt_index), working = all;
  for (int round = 0; !working.empty(); ++round) {
    if (round > 10000) throw NotSimulated("a recursive query of more than 10000 rounds");
    owner.relations[&cte] = row_set(std::move(working));
    working = leaf(operation->right.rt_index);
    all.insert(all.end(), working.begin(), working.end());
  }
  return all;
}

RelationPtr cte_rows(Executor& executor, Frame& frame, const expr::RangeTblEntry& entry) {
  Frame& owner = outer_level(frame, entry.cte_levels_up);
  for (const expr::CommonTableExpr& cte : owner.query.ctes) {
    if (cte.name != entry.cte_name) continue;
    RelationPtr& known = owner.relations[&cte];
    if (known) return known;
    if (cte.query->command != expr::CommandType::select) throw NotSimulated("changes rows within WITH");
    if (cte.recursive) {
      RelationPtr rows = row_set(recursive_rows(executor, cte, owner));
      return owner.relations[&cte] = rows;
    }
    Frame inner(*cte.query, &owner);
    RelationPtr rows = row_set(executor.run(*cte.query, inner));
    return owner.relations[&cte] = rows;
  }
  throw NotSimulated("WITH item " + entry.cte_name);
}

RelationPtr query_rows(Executor& executor, Frame& frame, const expr::RangeTblEntry& entry, const expr::Query& query) {
  RelationPtr& known = frame.relations[&entry];
  if (known) return known;
  Frame inner(query, &frame);
  RelationPtr rows = row_set(executor.run(query, inner));
  if (!entry.subquery || !is_correlated(entry.subquery)) known = rows;
  return rows;
}

}  // namespace

std::string row_key(const analyze::Syscache& cache, const Values& row) {
  std::string key;
  for (const Value& value : row) {
    const std::string one = equality_key(cache, value);
    key += std::to_string(one.size()) + ":" + one;
  }
  return key;
}

RelationPtr Executor::rows_of(Frame& frame, int rt_index) {
  const expr::RangeTblEntry& entry = frame.entry(rt_index);
  if (const expr::Query* query = subquery_of(*this, entry)) return query_rows(*this, frame, entry, *query);
  switch (entry.kind) {
    case expr::RteKind::relation:
      if (!catalog::is_builtin(entry.relation))
        throw NotSimulated("reads rows of " + relation_name(cache(), entry.relation));
      if (entry.sample) throw NotSimulated("TABLESAMPLE");
      return catalog_relation(entry.relation);
    case expr::RteKind::function:
      return row_set(FromClause(*this, frame).functions(entry));
    case expr::RteKind::values:
      return row_set(FromClause(*this, frame).values(entry));
    case expr::RteKind::cte:
      return cte_rows(*this, frame, entry);
    case expr::RteKind::result:
      return row_set({Values()});
    default:
      throw NotSimulated("XMLTABLE or JSON_TABLE");
  }
}

RelationPtr Executor::catalog_relation(Oid relation) {
  RelationPtr& known = catalogs_[relation];
  if (!known) known = system_catalog(interpreter_, relation, cache().relation(relation)->name);
  if (!known) throw NotSimulated("reads rows of " + relation_name(cache(), relation));
  return known;
}

}  // namespace pgplumb::engine::evaluate
