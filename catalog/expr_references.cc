#include "catalog/expr_references.h"

#include <algorithm>

#include "catalog/expr_walk.h"
#include "catalog/type_oids.h"

namespace pgplumb::catalog::expr {

namespace {

class Collector {
 public:
  void node(const NodePtr& tree);
  void query(const Query& query);
  std::vector<Reference> take();

  // What each node names by itself; nodes that name nothing fall to the last overload.
  void own(const Const& n);
  void own(const Var& n) { add(n.attribute == 0 ? ReferenceClass::relation : ReferenceClass::column, n.column); }
  void own(const Param& n) { type_and_collation(n.type, n.collation); }
  void own(const Aggref& n) { add(ReferenceClass::function, n.function), sort_clauses(n.order), sort_clauses(n.distinct); }
  void own(const WindowFunc& n) { add(ReferenceClass::function, n.function); }
  void own(const SubscriptingRef& n) {
    if (n.type != n.container_type && n.type != n.element_type) type(n.type);
  }
  void own(const FuncExpr& n) { add(ReferenceClass::function, n.function); }
  template <OperatorUse U>
  void own(const OperatorCall<U>& n) { add(ReferenceClass::op, n.op); }
  void own(const ScalarArrayOpExpr& n) { add(ReferenceClass::op, n.op); }
  void own(const FieldSelect& n);
  void own(const FieldStore& n) { type(n.type); }
  void own(const RelabelType& n) { type_and_collation(n.type, n.collation); }
  void own(const CoerceViaIO& n) { type_and_collation(n.type, n.collation); }
  void own(const ArrayCoerceExpr& n) { type_and_collation(n.type, n.collation); }
  void own(const ConvertRowtypeExpr& n) { type(n.type); }
  void own(const CollateExpr& n) { add(ReferenceClass::collation, n.collation); }
  void own(const ArrayExpr& n) { type(n.array_type); }
  void own(const RowExpr& n) { type(n.type); }
  void own(const RowCompareExpr& n);
  void own(const JsonConstructorExpr& n) { type(n.returning.type); }
  void own(const JsonExpr& n) { type_and_collation(n.returning.type, n.collation); }
  void own(const CoerceToDomain& n) { type_and_collation(n.type, n.collation); }
  void own(const NextValueExpr& n) { add(ReferenceClass::relation, n.sequence); }
  template <class T>
  void own(const T&) {}

 private:
  void add(ReferenceClass kind, Oid id) {
    if (id != invalid_oid && !is_builtin(id)) found_.push_back({kind, id});
  }
  void type(Oid id) { add(ReferenceClass::type, owner_of_type(id)); }
  void type_and_collation(Oid type_id, Oid collation) {
    type(type_id);
    add(ReferenceClass::collation, collation);
  }
  void sort_clauses(const std::vector<SortGroupClause>& clauses);
  void column_types(const ColumnTypes& columns);
  void range_table_entry(const RangeTblEntry& entry);
  void assigned_columns(const Query& query);
  void set_operation(const SetOperation& operation);
  void windows(const Query& query);
  void ctes(const Query& query);
  Walker walker() {
    return {[this](const NodePtr& part) { node(part); }, [this](const QueryPtr& part) { query(*part); }};
  }

  std::vector<Reference> found_;
};

ReferenceClass class_of_reg_type(Oid reg_type) {
  switch (reg_type) {
    case types::regproc:
    case types::regprocedure: return ReferenceClass::function;
    case types::regoper:
    case types::regoperator: return ReferenceClass::op;
    case types::regtype: return ReferenceClass::type;
    case types::regconfig: return ReferenceClass::ts_config;
    case types::regdictionary: return ReferenceClass::ts_dictionary;
    case types::regnamespace: return ReferenceClass::schema;
    case types::regcollation: return ReferenceClass::collation;
    case types::regrole: return ReferenceClass::role;
    default: return ReferenceClass::relation;
  }
}

void Collector::own(const Const& n) {
  type_and_collation(n.type, n.collation);
  ReferenceClass kind = class_of_reg_type(n.type);
  add(kind, kind == ReferenceClass::type ? owner_of_type(n.object) : n.object);
}

void Collector::own(const FieldSelect& n) {
  if (n.column != invalid_oid) {
    add(ReferenceClass::column, n.column);
  } else {
    type(n.type);
  }
  add(ReferenceClass::collation, n.collation);
}

void Collector::own(const RowCompareExpr& n) {
  for (Oid op : n.ops) add(ReferenceClass::op, op);
  for (Oid family : n.op_families) add(ReferenceClass::op_family, family);
}

void Collector::sort_clauses(const std::vector<SortGroupClause>& clauses) {
  for (const SortGroupClause& clause : clauses) {
    add(ReferenceClass::op, clause.equal_op);
    add(ReferenceClass::op, clause.sort_op);
  }
}

void Collector::column_types(const ColumnTypes& columns) {
  for (Oid id : columns.types) type(id);
  for (Oid id : columns.collations) add(ReferenceClass::collation, id);
}

void Collector::range_table_entry(const RangeTblEntry& entry) {
  if (entry.kind == RteKind::relation) add(ReferenceClass::relation, entry.relation);
  for (const RangeTblFunction& function : entry.functions) {
    if (function.definition) column_types(*function.definition);
  }
  if (entry.kind == RteKind::table_func) column_types(entry.table_func.columns);
  if (entry.sample) add(ReferenceClass::function, entry.sample->method);
}

// The columns that INSERT and UPDATE store into are named by position only, and depended on all the same.
void Collector::assigned_columns(const Query& query) {
  if (query.result_relation == 0) return;
  if (query.command != CommandType::insert && query.command != CommandType::update) return;
  const auto& columns = query.range_table[static_cast<std::size_t>(query.result_relation) - 1].columns;
  for (const TargetEntry& target : query.targets) {
    if (target.junk || target.resno < 1 || static_cast<std::size_t>(target.resno) > columns.size()) continue;
    add(ReferenceClass::column, columns[static_cast<std::size_t>(target.resno) - 1]);
  }
}

void Collector::set_operation(const SetOperation& operation) {
  sort_clauses(operation.group);
  if (operation.left.operation) set_operation(*operation.left.operation);
  if (operation.right.operation) set_operation(*operation.right.operation);
}

void Collector::windows(const Query& query) {
  for (const WindowClause& window : query.windows) {
    sort_clauses(window.partition);
    sort_clauses(window.order);
    add(ReferenceClass::function, window.start_in_range);
    add(ReferenceClass::function, window.end_in_range);
    add(ReferenceClass::collation, window.in_range_collation);
  }
}

void Collector::ctes(const Query& query) {
  for (const CommonTableExpr& cte : query.ctes) {
    if (!cte.cycle) continue;
    type_and_collation(cte.cycle->mark_type, cte.cycle->mark_collation);
    add(ReferenceClass::op, cte.cycle->mark_not_equal_op);
  }
}

void Collector::query(const Query& query) {
  for (const RangeTblEntry& entry : query.range_table) range_table_entry(entry);
  assigned_columns(query);
  sort_clauses(query.group);
  sort_clauses(query.sort);
  sort_clauses(query.distinct);
  windows(query);
  ctes(query);
  if (query.set_operation) set_operation(*query.set_operation);
  for (Oid id : query.constraint_dependencies) add(ReferenceClass::constraint, id);
  add(ReferenceClass::constraint, query.on_conflict.constraint);
  for (const InferenceElem& arbiter : query.on_conflict.arbiters) {
    add(ReferenceClass::collation, arbiter.collation);
    add(ReferenceClass::op_class, arbiter.op_class);
  }
  walk_without_repeated_columns(query, walker());
}

void Collector::node(const NodePtr& tree) {
  if (!tree) return;
  visit([this](const auto& value) { own(value); }, *tree);
  walk(*tree, walker());
}

std::vector<Reference> Collector::take() {
  std::sort(found_.begin(), found_.end());
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  return std::move(found_);
}

}  // namespace

std::vector<Reference> references_of(const NodePtr& tree) {
  Collector collector;
  collector.node(tree);
  return collector.take();
}

std::vector<Reference> references_of(const QueryPtr& query) {
  Collector collector;
  if (query) collector.query(*query);
  return collector.take();
}

}  // namespace pgplumb::catalog::expr
