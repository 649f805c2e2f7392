// pg_type, pg_enum, pg_range.
#include "catalog/kinds/base_type.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/enum_type.h"
#include "catalog/kinds/range_type.h"
#include "engine/evaluate/catalogs/table.h"

namespace pgplumb::engine::evaluate {

namespace {

struct TypeRowSource {
  const analyze::TypeRow* row = nullptr;
  const builtin::Type* builtin = nullptr;
  const Object* object = nullptr;  // that the type, or the type that it is an array of, belongs to
};

std::vector<TypeRowSource> type_rows(Interpreter& interpreter) {
  const analyze::Syscache& cache = interpreter.cache();
  const Oid forms = cache.major() < 14 ? 2 : 4;  // without multiranges: the type and its array
  std::vector<TypeRowSource> rows;
  for (const builtin::Type& type : cache.builtin().types()) rows.push_back({cache.type(type.oid), &type, nullptr});
  interpreter.catalog().for_each([&](const Object& object) {
    const catalog::KindInfo& kind = catalog::kind_info(object.kind);
    if (!kind.traits.is_type && !kind.has_row_type(cache.major())) return;
    for (Oid form = 0; form < forms; ++form)
      if (const analyze::TypeRow* type = cache.type(object.oid + form); type && type->oid == object.oid + form)
        rows.push_back({type, nullptr, &object});
  });
  return rows;
}

const catalog::Domain* domain_of(const TypeRowSource& row) {
  return row.object && row.object->kind == catalog::Kind::domain && row.row->kind == 'd'
             ? static_cast<const catalog::Domain*>(row.object)
             : nullptr;
}

Value default_text(const Source& source, const TypeRowSource& row) {
  if (row.builtin) return row.builtin->typdefault.is_null() ? null_value() : text_value(row.builtin->typdefault.view());
  const catalog::Domain* domain = domain_of(row);
  return domain ? expression_value(source, domain->default_expression, invalid_oid) : null_value();
}

const CatalogColumn<TypeRowSource> type_columns[] = {
    {"oid", [](const Source&, const TypeRowSource& row) { return oid_value(row.row->oid); }},
    {"typname", [](const Source&, const TypeRowSource& row) { return text_value(row.row->name); }},
    {"typnamespace", [](const Source&, const TypeRowSource& row) { return oid_value(row.row->schema); }},
    {"typowner", [](const Source& source, const TypeRowSource& row) { return owner_value(source, row.object); }},
    {"typlen",
     [](const Source& source, const TypeRowSource& row) {
       if (row.builtin) return number_value(row.builtin->typlen);
       if (row.row->kind == 'e') return number_value(4);
       if (row.row->kind == 'd')
         if (const auto* base = source.cache.builtin().type_by_oid(row.row->base_type))
           return number_value(base->typlen);
       return row.row->variable_length ? number_value(-1) : Value::unknown(invalid_oid, "the length of a user's type");
     }},
    {"typbyval",
     [](const Source&, const TypeRowSource& row) {
       if (row.builtin) return flag_value(row.builtin->typbyval);
       if (row.row->kind == 'e') return flag_value(true);
       return row.row->variable_length ? flag_value(false)
                                       : Value::unknown(invalid_oid, "the storage of a user's type");
     }},
    {"typtype", [](const Source&, const TypeRowSource& row) { return char_value(row.row->kind); }},
    {"typcategory", [](const Source&, const TypeRowSource& row) { return char_value(row.row->category); }},
    {"typispreferred", [](const Source&, const TypeRowSource& row) { return flag_value(row.row->preferred); }},
    {"typisdefined", [](const Source&, const TypeRowSource& row) { return flag_value(row.row->defined); }},
    {"typdelim", [](const Source&, const TypeRowSource& row) { return char_value(row.row->delimiter); }},
    {"typrelid", [](const Source&, const TypeRowSource& row) { return oid_value(row.row->kind == 'c' ? row.row->relation : 0); }},
    {"typelem", [](const Source&, const TypeRowSource& row) { return oid_value(row.row->element); }},
    {"typarray", [](const Source&, const TypeRowSource& row) { return oid_value(row.row->array); }},
    {"typinput", [](const Source&, const TypeRowSource& row) { return oid_value(row.row->input); }},
    {"typnotnull",
     [](const Source&, const TypeRowSource& row) {
       return flag_value(domain_of(row) ? domain_of(row)->not_null : row.builtin && row.builtin->typnotnull);
     }},
    {"typbasetype", [](const Source&, const TypeRowSource& row) { return oid_value(row.row->base_type); }},
    {"typtypmod",
     [](const Source&, const TypeRowSource& row) { return number_value(row.row->kind == 'd' ? row.row->base_typmod : -1); }},
    {"typndims", [](const Source&, const TypeRowSource& row) { return number_value(row.builtin ? row.builtin->typndims : 0); }},
    {"typcollation", [](const Source&, const TypeRowSource& row) { return oid_value(row.row->collation); }},
    {"typdefaultbin", default_text},
    {"typdefault", default_text},
    {"typacl", [](const Source& source, const TypeRowSource& row) { return acl_value(source, row.object); }},
};

struct LabelRow {
  const catalog::EnumType* type = nullptr;
  std::size_t number = 0;
};
const CatalogColumn<LabelRow> enum_columns[] = {
    {"oid",
     [](const Source&, const LabelRow&) { return Value::unknown(invalid_oid, "the oid of an enumeration's label"); }},
    {"enumtypid", [](const Source&, const LabelRow& row) { return oid_value(row.type->oid); }},
    // Labels that ALTER TYPE put between others have fractions; only the order is known.
    {"enumsortorder",
     [](const Source&, const LabelRow& row) { return number_value(static_cast<std::int64_t>(row.number + 1)); }},
    {"enumlabel", [](const Source&, const LabelRow& row) { return text_value(row.type->labels[row.number].view()); }},
};

struct RangeSource {
  const analyze::RangeRow* row = nullptr;
};
const CatalogColumn<RangeSource> range_columns[] = {
    {"rngtypid", [](const Source&, const RangeSource& row) { return oid_value(row.row->range); }},
    {"rngsubtype", [](const Source&, const RangeSource& row) { return oid_value(row.row->subtype); }},
    {"rngmultitypid", [](const Source&, const RangeSource& row) { return oid_value(row.row->multirange); }},
    {"rngcollation", [](const Source&, const RangeSource& row) { return oid_value(row.row->collation); }},
    {"rngcanonical", [](const Source&, const RangeSource& row) { return oid_value(row.row->canonical); }},
};

}  // namespace

RelationPtr make_pg_type(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, type_rows(interpreter), type_columns);
}

RelationPtr make_pg_enum(Interpreter& interpreter, Oid relation) {
  std::vector<LabelRow> rows;
  for (const auto* type : objects_of<catalog::EnumType>(interpreter))
    for (std::size_t i = 0; i < type->labels.size(); ++i) rows.push_back({type, i});
  return catalog_table(interpreter, relation, std::move(rows), enum_columns);
}

RelationPtr make_pg_range(Interpreter& interpreter, Oid relation) {
  const analyze::Syscache& cache = interpreter.cache();
  std::vector<RangeSource> rows;
  for (const builtin::Range& range : cache.builtin().ranges()) rows.push_back({cache.range(range.rngtypid)});
  for (const auto* range : objects_of<catalog::RangeType>(interpreter)) rows.push_back({cache.range(range->oid)});
  return catalog_table(interpreter, relation, std::move(rows), range_columns);
}

}  // namespace pgplumb::engine::evaluate
