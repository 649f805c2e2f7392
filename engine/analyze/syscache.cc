#include "engine/analyze/syscache.h"

#include <algorithm>

namespace pgplumb::engine::analyze {

namespace builtin = catalog::builtin;
using catalog::is_builtin;

namespace {

constexpr Oid array_subscript_handler = 6179, raw_array_subscript_handler = 6180;  // pg_proc.dat

Subscripting subscripting_of(const builtin::Type& row) {
  if (row.typsubscript == array_subscript_handler) return Subscripting::array;
  if (row.typsubscript == raw_array_subscript_handler) return Subscripting::fixed_array;
  if (row.typsubscript != invalid_oid) return Subscripting::own;
  if (row.typelem == invalid_oid) return Subscripting::none;
  return row.typlen == -1 ? Subscripting::array : Subscripting::fixed_array;
}

TypeRow to_row(const builtin::Type& t) {
  TypeRow row;
  row.oid = t.oid;
  row.name = t.typname;
  row.schema = t.typnamespace;
  row.kind = t.typtype;
  row.category = t.typcategory;
  row.preferred = t.typispreferred;
  row.defined = t.typisdefined;
  row.delimiter = t.typdelim;
  row.relation = t.typrelid;
  row.element = t.typelem;
  row.array = t.typarray;
  row.base_type = t.typbasetype;
  row.base_typmod = t.typtypmod;
  row.collation = t.typcollation;
  row.input = t.typinput;
  row.modifier_input = t.typmodin;
  row.subscripting = subscripting_of(t);
  row.variable_length = t.typlen == -1;
  return row;
}

ProcRow to_row(const builtin::Proc& p) {
  ProcRow row;
  row.oid = p.oid;
  row.name = p.proname;
  row.schema = p.pronamespace;
  row.kind = p.prokind;
  row.returns_set = p.proretset;
  row.strict = p.proisstrict;
  row.volatility = p.provolatile;
  row.result = p.prorettype;
  row.variadic = p.provariadic;
  row.args = std::span<const Oid>(p.proargtypes.begin(), p.proargtypes.size());
  row.default_count = p.pronargdefaults;
  return row;
}

OperatorRow to_row(const builtin::Operator& o) {
  OperatorRow row;
  row.oid = o.oid;
  row.name = o.oprname;
  row.schema = o.oprnamespace;
  row.left = o.oprleft;
  row.right = o.oprright;
  row.result = o.oprresult;
  row.function = o.oprcode;
  row.commutator = o.oprcom;
  row.negator = o.oprnegate;
  row.can_merge = o.oprcanmerge;
  row.can_hash = o.oprcanhash;
  return row;
}

RelationRow to_row(const builtin::Relation& r) { return {r.oid, r.relname, r.relnamespace, r.relkind, r.reltype}; }

CollationRow to_row(const builtin::Collation& c) { return {c.oid, c.collname, c.collnamespace, c.collisdeterministic}; }

RangeRow to_row(const builtin::Range& r) {
  return {r.rngtypid, r.rngsubtype, r.rngmultitypid, r.rngcollation, r.rngcanonical};
}

OpclassRow to_row(const builtin::OperatorClass& c) {
  return {c.oid, c.opcname, c.opcnamespace, c.opcmethod, c.opcfamily, c.opcintype, c.opcdefault};
}

AmopRow to_row(const builtin::FamilyOperator& a) {
  return {a.amopfamily, a.amopmethod, a.amoplefttype, a.amoprighttype, a.amopstrategy, a.amopopr};
}

template <class Row>
auto to_optional(const Row* row) -> std::optional<decltype(to_row(*row))> {
  if (!row) return std::nullopt;
  return to_row(*row);
}

template <class T, class Load>
const T* cached(std::unordered_map<Oid, std::optional<T>>& rows, Oid oid, Load load) {
  if (oid == invalid_oid) return nullptr;
  auto found = rows.find(oid);
  if (found == rows.end()) found = rows.emplace(oid, load()).first;
  return found->second ? &*found->second : nullptr;
}

}  // namespace

Syscache::Syscache(int major, const catalog::Catalog* objects, std::vector<Oid> search_path, const Syscache* earlier)
    : builtin_(builtin::of(major)),
      objects_(objects),
      search_path_(std::move(search_path)),
      builtin_rows_(earlier ? earlier->builtin_rows_ : std::make_shared<Rows>()) {
  for (Oid schema : search_path_) {
    const catalog::Object* object = objects ? objects->find(schema) : nullptr;
    const bool is_temporary = object && object->name.view().starts_with("pg_temp_");
    if (is_temporary) temporary_schema_ = schema;
    if (!is_temporary) routine_path_.push_back(schema);
  }
}

Oid Syscache::schema_by_name(std::string_view name) const {
  if (name == "pg_temp" && temporary_schema_ != invalid_oid) return temporary_schema_;
  if (Oid own = object_schema(name); own != invalid_oid) return own;
  const builtin::Namespace* row = builtin_.namespace_by_name(name);
  return row ? row->oid : invalid_oid;
}

const TypeRow* Syscache::type(Oid oid) const {
  return cached(rows(oid).types, oid, [&] { return is_builtin(oid) ? to_optional(builtin_.type_by_oid(oid)) : object_type(oid); });
}

const ProcRow* Syscache::proc(Oid oid) const {
  return cached(rows(oid).procs, oid, [&] { return is_builtin(oid) ? to_optional(builtin_.proc_by_oid(oid)) : object_proc(oid); });
}

const OperatorRow* Syscache::op(Oid oid) const {
  return cached(rows(oid).operators, oid,
                [&] { return is_builtin(oid) ? to_optional(builtin_.operator_by_oid(oid)) : object_operator(oid); });
}

const CollationRow* Syscache::collation(Oid oid) const {
  return cached(rows(oid).collations, oid,
                [&] { return is_builtin(oid) ? to_optional(builtin_.collation_by_oid(oid)) : object_collation(oid); });
}

const RelationRow* Syscache::relation(Oid oid) const {
  return cached(rows(oid).relations, oid,
                [&] { return is_builtin(oid) ? to_optional(builtin_.relation_by_oid(oid)) : object_relation(oid); });
}

const AggregateRow* Syscache::aggregate(Oid proc) const {
  return cached(rows(proc).aggregates, proc, [&]() -> std::optional<AggregateRow> {
    if (!is_builtin(proc)) return object_aggregate(proc);
    const builtin::Aggregate* row = builtin_.aggregate(proc);
    if (!row) return std::nullopt;
    return AggregateRow{row->aggkind, row->aggnumdirectargs};
  });
}

const RangeRow* Syscache::range(Oid range_type) const {
  return cached(rows(range_type).ranges, range_type, [&] {
    return is_builtin(range_type) ? to_optional(builtin_.range_by_type(range_type)) : object_range(range_type);
  });
}

Oid Syscache::range_of_multirange(Oid multirange_type) const {
  if (!is_builtin(multirange_type)) {
    bool is_multirange = catalog::form_of_type(multirange_type) == catalog::TypeForm::multirange;
    return is_multirange ? catalog::owner_of_type(multirange_type) : invalid_oid;
  }
  const builtin::Range* row = builtin_.range_by_multirange(multirange_type);
  return row ? row->rngtypid : invalid_oid;
}

std::optional<CastRow> Syscache::cast(Oid source, Oid target) const {
  if (const builtin::Cast* row = builtin_.cast(source, target)) {
    return CastRow{row->castfunc, row->castcontext, row->castmethod};
  }
  return object_cast(source, target);
}

std::vector<Oid> Syscache::procs_named(Oid schema, std::string_view name) const {
  std::vector<Oid> found;
  if (is_builtin(schema)) {
    for (const builtin::Proc& row : builtin_.procs_by_name(name)) {
      if (row.pronamespace == schema) found.push_back(row.oid);
    }
  }
  object_procs(schema, name, found);
  return found;
}

std::vector<Oid> Syscache::operators_named(Oid schema, std::string_view name) const {
  std::vector<Oid> found;
  if (is_builtin(schema)) {
    for (const builtin::Operator& row : builtin_.operators_by_name(name)) {
      if (row.oprnamespace == schema) found.push_back(row.oid);
    }
  }
  object_operators(schema, name, found);
  return found;
}

Oid Syscache::operator_named(Oid schema, std::string_view name, Oid left, Oid right) const {
  if (is_builtin(schema)) {
    for (const builtin::Operator& row : builtin_.operators_by_name(name))
      if (row.oprleft == left && row.oprright == right && row.oprnamespace == schema) return row.oid;
  }
  std::vector<Oid> own;
  object_operators(schema, name, own);
  for (Oid oid : own)
    if (const OperatorRow* row = op(oid); row && row->left == left && row->right == right) return oid;
  return invalid_oid;
}

Oid Syscache::type_named(Oid schema, std::string_view name) const {
  const builtin::Type* row = is_builtin(schema) ? builtin_.type_by_name(schema, name) : nullptr;
  return row ? row->oid : object_type_named(schema, name);
}

Oid Syscache::relation_named(Oid schema, std::string_view name) const {
  const builtin::Relation* row = is_builtin(schema) ? builtin_.relation_by_name(schema, name) : nullptr;
  return row ? row->oid : object_relation_named(schema, name);
}

Oid Syscache::collation_named(Oid schema, std::string_view name) const {
  for (const builtin::Collation& row : builtin_.collations_by_name(name)) {
    if (row.collnamespace == schema) return row.oid;
  }
  return object_collation_named(schema, name);
}

Oid Syscache::find_type(std::string_view name) const {
  for (Oid schema : search_path_) {
    if (Oid found = type_named(schema, name); found != invalid_oid) return found;
  }
  return invalid_oid;
}

Oid Syscache::find_relation(std::string_view name) const {
  for (Oid schema : search_path_) {
    if (Oid found = relation_named(schema, name); found != invalid_oid) return found;
  }
  return invalid_oid;
}

Oid Syscache::find_collation(std::string_view name) const {
  for (Oid schema : search_path_) {
    if (Oid found = collation_named(schema, name); found != invalid_oid) return found;
  }
  return invalid_oid;
}

int Syscache::path_position(Oid schema) const {
  auto found = std::find(search_path_.begin(), search_path_.end(), schema);
  return found == search_path_.end() ? -1 : static_cast<int>(found - search_path_.begin());
}

std::vector<ArgRow> Syscache::proc_args(Oid proc) const {
  if (!is_builtin(proc)) return object_args(proc);
  const builtin::Proc* row = builtin_.proc_by_oid(proc);
  std::vector<ArgRow> args;
  if (!row) return args;
  const auto& all = row->proallargtypes.empty() ? row->proargtypes : row->proallargtypes;
  for (std::size_t i = 0; i < all.size(); ++i) {
    ArgRow arg;
    arg.type = all[i];
    if (i < row->proargnames.size()) arg.name = row->proargnames[i];
    if (i < row->proargmodes.size()) arg.mode = static_cast<ArgMode>(row->proargmodes[i]);
    args.push_back(arg);
  }
  return args;
}

const std::vector<ColumnRow>& Syscache::columns(Oid relation) const {
  auto [found, missing] = columns_.try_emplace(relation);
  if (!missing) return found->second;
  if (!is_builtin(relation)) {
    found->second = object_columns(relation);
    return found->second;
  }
  for (const builtin::Attribute& row : builtin_.columns(relation)) {
    ColumnRow column;
    column.number = row.attnum;
    column.name = row.attname;
    column.type = {row.atttypid, row.atttypmod};
    column.collation = row.attcollation;
    column.not_null = row.attnotnull;
    found->second.push_back(column);
  }
  return found->second;
}

std::vector<OpclassRow> Syscache::opclasses_of(Oid access_method) const {
  std::vector<OpclassRow> found;
  for (const builtin::OperatorClass& row : builtin_.opclasses_for(access_method)) found.push_back(to_row(row));
  object_opclasses(access_method, found);
  return found;
}

std::vector<AmopRow> Syscache::amops_of_operator(Oid op) const {
  std::vector<AmopRow> found;
  for (const builtin::FamilyOperator& row : builtin_.amops_of_operator(op)) {
    if (row.amoppurpose == 's') found.push_back(to_row(row));
  }
  object_amops(found, [op](const AmopRow& row) { return row.op == op; });
  return found;
}

Oid Syscache::family_operator(Oid family, Oid left, Oid right, int strategy) const {
  if (const builtin::FamilyOperator* row = builtin_.amop(family, left, right, strategy)) return row->amopopr;
  std::vector<AmopRow> found;
  object_amops(found, [&](const AmopRow& row) {
    return row.family == family && row.left == left && row.right == right && row.strategy == strategy;
  });
  return found.empty() ? invalid_oid : found.front().op;
}

}  // namespace pgplumb::engine::analyze
