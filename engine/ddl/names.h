#pragma once
// The names that PostgreSQL gives to what nobody named: makeObjectName and ChooseRelationName (indexcmds.c),
// ChooseConstraintName (pg_constraint.c), ChooseIndexName and its parts (indexcmds.c).
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"

namespace pgplumb::engine::ddl {

using catalog::Catalog;
using catalog::Name;
using catalog::Oid;

using catalog::make_object_name;

/// A name that no relation of the schema has: label, label1, label2, … `is_constraint`: nor may a constraint have it.
Name choose_relation_name(const Catalog& catalog, std::string_view name1, std::string_view name2, std::string_view label,
                          Oid schema, bool is_constraint);

/// A name that no constraint in the schema has, nor any of `others`.
Name choose_constraint_name(const Catalog& catalog, std::string_view name1, std::string_view name2,
                            std::string_view label, Oid schema, const std::vector<Name>& others);

/// Whether a relation, or a constraint, of the table has the name (ConstraintNameIsUsed).
bool constraint_name_is_used(const Catalog& catalog, Oid relation, Name name);

/// The middle part of a generated name: the columns' names joined by underscores, cut (ChooseIndexNameAddition and
/// ChooseForeignKeyConstraintNameAddition).
std::string name_addition(const std::vector<Name>& columns);

/// What an index is, as far as its name goes.
enum class IndexNaming { plain, primary_key, unique_constraint, exclusion };
Name choose_index_name(const Catalog& catalog, std::string_view table, Oid schema, const std::vector<Name>& columns,
                       IndexNaming naming);

/// Of an extended statistics object that nobody named (ChooseExtendedStatisticName).
Name choose_statistics_name(const Catalog& catalog, std::string_view table, const std::vector<Name>& columns,
                            Oid schema);

}  // namespace pgplumb::engine::ddl
