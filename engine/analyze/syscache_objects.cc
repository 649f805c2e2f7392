// The Catalog's share of the Syscache: types, relations and routines.
#include <algorithm>

#include "catalog/catalog.h"
#include "catalog/kinds/aggregate.h"
#include "catalog/kinds/base_type.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/composite_type.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/enum_type.h"
#include "catalog/kinds/range_type.h"
#include "catalog/kinds/routine.h"
#include "catalog/kinds/schema.h"
#include "catalog/kinds/sequence.h"
#include "catalog/kinds/table.h"
#include "catalog/type_oids.h"
#include "engine/analyze/syscache.h"

namespace pgplumb::engine::analyze {

using catalog::Kind;
using catalog::NameSpace;
using catalog::Object;
using catalog::TypeForm;
namespace types = catalog::types;

namespace {

char relkind_of(const Object& object) {
  switch (object.kind) {
    case Kind::view: return 'v';
    case Kind::materialized_view: return 'm';
    case Kind::sequence: return 'S';
    case Kind::composite_type: return 'c';
    case Kind::index: return 'i';
    case Kind::table: {
      const auto& table = static_cast<const catalog::Table&>(object);
      return table.partition_strategy == catalog::PartitionStrategy::none ? 'r' : 'p';
    }
    default: return 'f';
  }
}

bool has_row_type(const Object& object, int major) { return catalog::kind_info(object.kind).has_row_type(major); }

bool has_array_type(const Object& object) { return object.kind != Kind::sequence; }

TypeRow array_row(const TypeRow& element, Oid array) {
  TypeRow row;
  row.oid = array;
  row.name = catalog::Name("_" + std::string(element.name)).view();
  row.schema = element.schema;
  row.category = 'A';
  row.delimiter = element.delimiter;
  row.element = element.oid;
  row.collation = element.collation;
  row.modifier_input = element.modifier_input;
  row.subscripting = Subscripting::array;
  return row;
}

TypeRow named_row(const Object& object, char kind, char category) {
  TypeRow row;
  row.oid = object.oid;
  row.name = object.name.view();
  row.schema = object.parent.oid;
  row.kind = kind;
  row.category = category;
  row.array = catalog::type_in_form(object.oid, TypeForm::array);
  return row;
}

TypeRow base_type_row(const catalog::BaseType& type) {
  TypeRow row = named_row(type, 'b', type.category.empty() ? 'U' : type.category.front());
  row.preferred = type.preferred;
  row.defined = type.defined;
  row.delimiter = type.delimiter.empty() ? ',' : type.delimiter.front();
  row.element = type.element.type;
  row.collation = type.collation.oid;
  row.input = type.input.oid;
  row.modifier_input = type.typmod_input.oid;
  row.variable_length = type.length == -1;
  if (row.element != invalid_oid) row.subscripting = Subscripting::fixed_array;
  if (!type.defined) row.kind = 'p';
  return row;
}

TypeRow domain_row(const Syscache& cache, const catalog::Domain& domain) {
  const TypeRow* base = cache.type(domain.base.type);
  TypeRow row = named_row(domain, 'd', base ? base->category : 'U');
  row.base_type = domain.base.type;
  row.base_typmod = domain.base.typmod;
  row.collation = domain.collation.oid;
  row.delimiter = base ? base->delimiter : ',';
  if (base) row.variable_length = base->variable_length;
  return row;
}

TypeRow multirange_row(const catalog::RangeType& range) {
  TypeRow row = named_row(range, 'm', 'R');
  row.oid = catalog::type_in_form(range.oid, TypeForm::multirange);
  row.name = range.multirange_name.view();
  row.schema = range.multirange_schema.oid;
  row.array = catalog::type_in_form(range.oid, TypeForm::multirange_array);
  return row;
}

std::optional<TypeRow> plain_type_row(const Syscache& cache, const Object& object) {
  switch (object.kind) {
    case Kind::base_type: return base_type_row(static_cast<const catalog::BaseType&>(object));
    case Kind::domain: return domain_row(cache, static_cast<const catalog::Domain&>(object));
    case Kind::enum_type: return named_row(object, 'e', 'E');
    case Kind::range_type: return named_row(object, 'r', 'R');
    default: break;
  }
  if (!has_row_type(object, cache.major())) return std::nullopt;
  TypeRow row = named_row(object, 'c', 'C');
  row.relation = object.oid;
  if (!has_array_type(object)) row.array = catalog::invalid_oid;
  return row;
}

bool is_routine(const Object& object) {
  return catalog::kind_info(object.kind).name_space == NameSpace::routine;
}

char prokind_of(const catalog::Routine& routine) {
  switch (routine.kind) {
    case Kind::procedure: return 'p';
    case Kind::aggregate: return 'a';
    default: return routine.window ? 'w' : 'f';
  }
}

ArgMode mode_of(catalog::ArgumentMode mode) {
  switch (mode) {
    case catalog::ArgumentMode::in: return ArgMode::in;
    case catalog::ArgumentMode::out: return ArgMode::out;
    case catalog::ArgumentMode::inout: return ArgMode::in_out;
    case catalog::ArgumentMode::variadic: return ArgMode::variadic;
    case catalog::ArgumentMode::table: return ArgMode::table;
  }
  return ArgMode::in;
}

char volatility_of(catalog::Volatility volatility) {
  switch (volatility) {
    case catalog::Volatility::immutable: return 'i';
    case catalog::Volatility::stable: return 's';
    default: return 'v';
  }
}

bool is_input(const catalog::Argument& argument) {
  return argument.mode != catalog::ArgumentMode::out && argument.mode != catalog::ArgumentMode::table;
}

Oid variadic_element(const Syscache& cache, const catalog::Routine& routine) {
  for (const catalog::Argument& argument : routine.arguments) {
    if (argument.mode != catalog::ArgumentMode::variadic) continue;
    if (argument.type.type == types::any) return types::any;
    if (argument.type.type == types::anyarray) return types::anyelement;
    if (argument.type.type == types::anycompatiblearray) return types::anycompatible;
    const TypeRow* row = cache.type(argument.type.type);
    return row ? row->element : invalid_oid;
  }
  return invalid_oid;
}

int default_count(const catalog::Routine& routine) {
  return static_cast<int>(std::count_if(routine.arguments.begin(), routine.arguments.end(), [](const auto& argument) {
    return is_input(argument) && !argument.default_expression.empty();
  }));
}

ColumnRow column_row(const catalog::Column& column) {
  ColumnRow row;
  row.number = column.number;
  row.name = column.name.view();
  row.type = column.type;
  row.collation = column.collation.oid;
  row.column = column.oid;
  row.not_null = column.not_null;
  row.generated = column.generated != catalog::Generated::none;
  row.identity_always = column.identity == catalog::Identity::always;
  return row;
}

// Types share the schema's type names, and relations bring types of their names.
const Object* find_type_object(const catalog::Catalog& objects, Oid schema, std::string_view name) {
  for (Oid oid : objects.lookup(NameSpace::type, Kind::none, schema, name)) return objects.find(oid);
  for (Oid oid : objects.lookup(NameSpace::relation, Kind::none, schema, name)) {
    if (const Object* object = objects.find(oid); has_row_type(*object, objects.major())) return object;
  }
  return nullptr;
}

Oid find_multirange(const catalog::Catalog& objects, Oid schema, std::string_view name) {
  for (Oid oid : objects.of_kind(Kind::range_type)) {
    const auto& range = static_cast<const catalog::RangeType&>(*objects.find(oid));
    if (range.multirange_schema.oid == schema && range.multirange_name.view() == name)
      return catalog::type_in_form(oid, TypeForm::multirange);
  }
  return invalid_oid;
}

}  // namespace

Oid Syscache::object_schema(std::string_view name) const {
  const Object* schema = objects_ ? objects_->find_named(Kind::schema, invalid_oid, name) : nullptr;
  return schema ? schema->oid : invalid_oid;
}

std::string_view Syscache::schema_name(Oid schema) const {
  if (const Object* object = objects_ ? objects_->find(schema) : nullptr) return object->name.view();
  const catalog::builtin::Namespace* row = builtin_.namespace_by_oid(schema);
  return row ? row->nspname.view() : std::string_view();
}

std::optional<TypeRow> Syscache::object_type(Oid oid) const {
  const Object* object = objects_ ? objects_->find(oid) : nullptr;
  if (!object) return std::nullopt;
  switch (catalog::form_of_type(oid)) {
    case TypeForm::plain: return plain_type_row(*this, *object);
    case TypeForm::multirange:
      if (object->kind != Kind::range_type) return std::nullopt;
      return multirange_row(static_cast<const catalog::RangeType&>(*object));
    default: break;
  }
  const TypeRow* element = type(oid - 1);
  if (!element || !has_array_type(*object)) return std::nullopt;
  return array_row(*element, oid);
}

std::optional<ProcRow> Syscache::object_proc(Oid oid) const {
  const Object* object = objects_ ? objects_->find(oid) : nullptr;
  if (!object || !is_routine(*object)) return std::nullopt;
  const auto& routine = static_cast<const catalog::Routine&>(*object);
  auto& args = argument_lists_.emplace_back();
  for (const TypeRef& type : routine.signature) args.push_back(type.type);
  ProcRow row;
  row.oid = oid;
  row.name = routine.name.view();
  row.schema = routine.parent.oid;
  row.kind = prokind_of(routine);
  row.returns_set = routine.returns_set;
  row.strict = routine.strict;
  row.volatility = volatility_of(routine.volatility);
  row.result = routine.result.type;
  row.variadic = variadic_element(*this, routine);
  row.args = args;
  row.default_count = default_count(routine);
  return row;
}

std::optional<AggregateRow> Syscache::object_aggregate(Oid proc) const {
  const auto* aggregate = objects_ ? objects_->find_as<catalog::Aggregate>(proc) : nullptr;
  if (!aggregate) return std::nullopt;
  AggregateRow row;
  if (aggregate->aggregate_kind == catalog::AggregateKind::ordered_set) row.kind = 'o';
  if (aggregate->aggregate_kind == catalog::AggregateKind::hypothetical) row.kind = 'h';
  row.direct_args = aggregate->direct_arguments;
  return row;
}

std::optional<RelationRow> Syscache::object_relation(Oid oid) const {
  const Object* object = objects_ ? objects_->find(oid) : nullptr;
  if (!object || catalog::kind_info(object->kind).name_space != NameSpace::relation) return std::nullopt;
  return RelationRow{oid, object->name.view(), objects_->schema_of(*object), relkind_of(*object),
                     has_row_type(*object, major()) ? oid : catalog::invalid_oid};
}

std::optional<RangeRow> Syscache::object_range(Oid oid) const {
  const auto* range = objects_ ? objects_->find_as<catalog::RangeType>(oid) : nullptr;
  if (!range || catalog::form_of_type(oid) != TypeForm::plain) return std::nullopt;
  Oid multirange = major() >= 14 ? catalog::type_in_form(oid, TypeForm::multirange) : invalid_oid;
  return RangeRow{oid, range->subtype.type, multirange, range->collation.oid, range->canonical.oid};
}

void Syscache::object_procs(Oid schema, std::string_view name, std::vector<Oid>& out) const {
  if (!objects_) return;
  auto found = objects_->lookup(NameSpace::routine, Kind::none, schema, name);
  out.insert(out.end(), found.begin(), found.end());
}

Oid Syscache::object_type_named(Oid schema, std::string_view name) const {
  if (!objects_) return invalid_oid;
  if (const Object* object = find_type_object(*objects_, schema, name)) return object->oid;
  if (name.size() > 1 && name.front() == '_') {
    const Object* element = find_type_object(*objects_, schema, name.substr(1));
    if (element && has_array_type(*element)) return catalog::type_in_form(element->oid, TypeForm::array);
  }
  return find_multirange(*objects_, schema, name);
}

Oid Syscache::object_relation_named(Oid schema, std::string_view name) const {
  if (!objects_) return invalid_oid;
  auto found = objects_->lookup(NameSpace::relation, Kind::none, schema, name);
  return found.empty() ? invalid_oid : found.front();
}

namespace {

ColumnRow state_column(int number, std::string_view name, Oid type) {
  ColumnRow column;
  column.number = number;
  column.name = name;
  column.type = {type, -1};
  column.not_null = true;
  return column;
}

}  // namespace

std::vector<ColumnRow> Syscache::object_columns(Oid relation) const {
  std::vector<ColumnRow> rows;
  if (!objects_) return rows;
  if (objects_->find_as<catalog::Sequence>(relation))
    return {state_column(1, "last_value", catalog::types::int8), state_column(2, "log_cnt", catalog::types::int8),
            state_column(3, "is_called", catalog::types::bool_)};
  for (const auto* column : objects_->children_of<catalog::Column>(relation)) {
    if (column->number <= 0) continue;
    auto place = static_cast<std::size_t>(column->number);
    while (rows.size() < place) {
      ColumnRow gap;
      gap.number = static_cast<int>(rows.size()) + 1;
      gap.dropped = true;
      rows.push_back(gap);
    }
    rows[place - 1] = column_row(*column);
  }
  return rows;
}

std::vector<ArgRow> Syscache::object_args(Oid proc) const {
  std::vector<ArgRow> rows;
  const Object* object = objects_ ? objects_->find(proc) : nullptr;
  if (!object || !is_routine(*object)) return rows;
  for (const catalog::Argument& argument : static_cast<const catalog::Routine&>(*object).arguments) {
    rows.push_back({argument.name.view(), argument.type.type, mode_of(argument.mode)});
  }
  return rows;
}

bool Syscache::has_enum_label(Oid enum_type, std::string_view label) const {
  const auto* type = objects_ ? objects_->find_as<catalog::EnumType>(enum_type) : nullptr;
  return type && std::any_of(type->labels.begin(), type->labels.end(),
                             [label](catalog::Name known) { return known.view() == label; });
}

bool Syscache::is_uncommitted_label(Oid enum_type, std::string_view label) const {
  const auto* type = objects_ ? objects_->find_as<catalog::EnumType>(enum_type) : nullptr;
  return type && std::any_of(type->uncommitted_labels.begin(), type->uncommitted_labels.end(),
                             [label](catalog::Name known) { return known.view() == label; });
}

bool Syscache::inherits(Oid child, Oid ancestor) const {
  if (child == ancestor) return true;
  const auto* table = objects_ ? objects_->find_as<catalog::Table>(child) : nullptr;
  if (!table) return false;
  if (table->partition_of && inherits(table->partition_of.oid, ancestor)) return true;
  return std::any_of(table->inherits.begin(), table->inherits.end(),
                     [&](catalog::AnyRef parent) { return inherits(parent.oid, ancestor); });
}

std::optional<Syscache::PrimaryKey> Syscache::primary_key(Oid relation) const {
  if (!objects_) return std::nullopt;
  for (const auto* constraint : objects_->children_of<catalog::Constraint>(relation)) {
    if (constraint->type != catalog::ConstraintType::primary_key || constraint->deferrable) continue;
    PrimaryKey key{constraint->oid, {}};
    for (auto column : constraint->columns) key.columns.push_back(objects_->get(column).number);
    return key;
  }
  return std::nullopt;
}

}  // namespace pgplumb::engine::analyze
