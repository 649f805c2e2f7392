#include "catalog/kinds/enum_type.h"

#include <algorithm>

#include "catalog/kinds/grant.h"
#include "catalog/kinds/table.h"
#include "diff/rules.h"
#include "diff/rules/relation.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::EnumType;

namespace {

void create_enum(const EnumType& type, Creation& creation) {
  std::vector<std::string> labels;
  for (Name label : type.labels) labels.push_back(catalog::quote_literal(label.str()));
  creation.out.add("CREATE TYPE " + creation.names.qualified(type) + " AS ENUM (" + join(labels) + ")");
}

bool has(const std::vector<Name>& labels, Name label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

/// Whether labels have only been added, so that the others stand as they stood.
bool only_adds(const std::vector<Name>& before, const std::vector<Name>& after) {
  auto next = before.begin();
  for (Name label : after)
    if (next != before.end() && label == *next) ++next;
  return next == before.end();
}

/// A new label can't be used before the transaction that adds it has ended.
void add_labels(const EnumType& from, const EnumType& to, Alteration& alteration) {
  const std::string head = "ALTER TYPE " + alteration.to.qualified(to) + " ADD VALUE ";
  for (std::size_t i = 0; i < to.labels.size(); ++i) {
    if (has(from.labels, to.labels[i])) continue;
    std::string sql = head + catalog::quote_literal(to.labels[i].str());
    const bool at_end = std::none_of(to.labels.begin() + static_cast<std::ptrdiff_t>(i), to.labels.end(),
                                     [&](Name later) { return has(from.labels, later); });
    if (!at_end)
      sql += i > 0 ? " AFTER " + catalog::quote_literal(to.labels[i - 1].str())
                   : " BEFORE " + catalog::quote_literal(from.labels.front().str());
    alteration.out.add(std::move(sql)).transactional = false;
  }
}

/// Columns of the type itself or of arrays of it, in both catalogs; those of partitions follow their parents'.
std::vector<const Column*> columns_of(const EnumType& type, const SqlNames& from, const SqlNames& to) {
  std::vector<const Column*> found;
  for (const catalog::Dependent& dependent : from.catalog().dependents(type.oid)) {
    const auto* column = from.catalog().find_as<Column>(dependent.oid);
    const auto* table = column ? from.catalog().find_as<catalog::Table>(column->parent.oid) : nullptr;
    if (!table || !column->local || catalog::owner_of_type(column->type.type) != type.oid) continue;
    const catalog::SealedObject* after = to.sealed().find(from.sealed().names().key(*column));
    if (after && to.type(static_cast<const Column&>(*after->object).type) == from.type(column->type)) found.push_back(column);
  }
  return found;
}

/// What the old type had beside its labels; a comment that differs is said apart.
void keep_accessories(const EnumType& from, const EnumType& to, Alteration& alteration) {
  if (!to.comment.empty() && from.comment == to.comment)
    alteration.out.add("COMMENT ON " + alteration.to.address(to) + " IS " + catalog::quote_literal(to.comment));
  Creation creation{alteration.from, alteration.out, {}};
  for (const auto* grant : alteration.from.catalog().children_of<catalog::Grant>(from.oid))
    rules_of(catalog::Kind::grant).create(*grant, creation);
}

/// Labels can't be taken away or moved: a new type takes the place of the old one, in all its columns.
void swap_type(const EnumType& from, const EnumType& to, Alteration& alteration) {
  const SqlNames& names = alteration.to;
  const std::string old = catalog::make_object_name(from.name.view(), "", "old");
  const Object* schema = alteration.from.catalog().find(from.parent.oid);
  const std::string old_name = (schema ? quoted(schema->name) + "." : "") + catalog::quote_identifier(old);
  alteration.out.add("ALTER TYPE " + names.qualified(to) + " RENAME TO " + catalog::quote_identifier(old));
  Creation creation{names, alteration.out, {}};
  create_enum(to, creation);
  for (const Column* column : columns_of(from, alteration.from, names)) {
    const bool array = catalog::form_of_type(column->type.type) == catalog::TypeForm::array;
    const std::string type = names.qualified(to) + (array ? "[]" : ""), name = quoted(column->name);
    alteration.out.add(alter_head(alteration.from, column->parent), "ALTER COLUMN " + name + " TYPE " + type + " USING " +
                                                                        name + (array ? "::text[]::" : "::text::") + type);
  }
  alteration.out.add("DROP TYPE " + old_name);
  keep_accessories(from, to, alteration);
  alteration.out.steps().front().hazards.push_back("may fail: rows that hold a label that is taken away");
}

void alter_labels(const EnumType& from, const EnumType& to, Alteration& alteration) {
  if (only_adds(from.labels, to.labels))
    add_labels(from, to, alteration);
  else
    swap_type(from, to, alteration);
}

/// While labels are added nothing is in the way. A swap changes columns' types, and all else that names the type is made
/// again.
Disturbance enum_type_disturbance(const Object& changed, const Object& dependent, const Alteration& alteration) {
  const auto& from = static_cast<const EnumType&>(changed);
  const catalog::SealedObject* found = alteration.to.sealed().find(alteration.from.sealed().names().key(from));
  if (!found || only_adds(from.labels, static_cast<const EnumType&>(*found->object).labels)) return Disturbance::none;
  if (dependent.kind == catalog::Kind::grant) return Disturbance::none;
  const auto columns = columns_of(from, alteration.from, alteration.to);
  const bool converted = std::any_of(columns.begin(), columns.end(),
                                     [&](const Column* column) { return column->oid == dependent.oid; });
  return converted ? Disturbance::passed_on : Disturbance::recreated;
}

constexpr auto enum_type_fields = field_rules(alter<&EnumType::labels, alter_labels>().disturbs());

}  // namespace

constinit const KindRules enum_type_rules = {
    .stage = stage::type,
    .create = create_with<create_enum>,
    .drop = drop_by_address,
    .fields = enum_type_fields,
    .disturbed = enum_type_disturbance,
};

}  // namespace pgplumb::diff
