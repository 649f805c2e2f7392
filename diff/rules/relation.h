#pragma once
// Parts of relations as CREATE TABLE, ALTER TABLE and their kin spell them.
#include <optional>
#include <string>

#include "catalog/kinds/column.h"
#include "catalog/kinds/column_default.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/sequence.h"
#include "diff/rules/clauses.h"

namespace pgplumb::diff {

using catalog::Column;
using catalog::ColumnDefault;
using catalog::Constraint;
using catalog::Index;
using catalog::Sequence;

/// "price numeric(10,2) DEFAULT 0 NOT NULL", with the default, identity and NOT NULL constraint that `creation` absorbs.
std::string column_definition(const Column& column, Creation& creation);
/// What a column's definition can't say: storage, compression, statistics target, options.
void column_settings(const Column& column, const SqlNames& names, Script& out);
/// " COLLATE …" where the collation is not the type's own.
std::string collate_clause(TypeRef type, AnyRef collation, const SqlNames& names);

const ColumnDefault* default_of(const Catalog& catalog, const Column& column);
const Sequence* identity_sequence_of(const Catalog& catalog, const Column& column);
/// PostgreSQL 18's constraint that says NOT NULL; null before.
const Constraint* not_null_constraint_of(const Catalog& catalog, const Column& column);
/// The name that PostgreSQL would give the constraint; nothing where another constraint has it.
std::optional<Name> default_not_null_name(const Constraint& constraint, const Catalog& catalog);
/// The column of that name in a relation that `relation` inherits from or is a partition of; null where there is none.
const Column* inherited_column(const Catalog& catalog, const Object& relation, Name name);

/// "GENERATED ALWAYS AS IDENTITY (START WITH 10)"
std::string identity_clause(const Column& column, const Sequence* sequence, const SqlNames& names);
/// " AS integer INCREMENT BY 2 …": what differs from CREATE SEQUENCE's defaults, each with a space before it.
std::string sequence_options(const Sequence& sequence, const SqlNames& names, bool with_type);

/// "PRIMARY KEY (id)", "CHECK (a > 0) NOT VALID" …: what follows CONSTRAINT name.
std::string constraint_definition(const Constraint& constraint, const SqlNames& names);
/// "(a, lower(b) DESC) INCLUDE (c)" and so on; `with_operators`: of an exclusion constraint, one a column.
std::string index_columns(const Index& index, const SqlNames& names, const std::vector<AnyRef>* with_operators = nullptr);
/// The index that a key or exclusion constraint owns; null for other constraints.
const Index* index_of(const Catalog& catalog, const Constraint& constraint);

/// Whether any value of the type can become the other without loss; false where in doubt.
bool converts_without_loss(const Catalog& from_catalog, TypeRef from, const Catalog& to_catalog, TypeRef to);
/// " USING a::text::public.mood" where PostgreSQL would not convert the column by itself; else empty.
std::string using_clause(const std::string& column, const SqlNames& from_names, TypeRef from, const SqlNames& to_names,
                         TypeRef to);
/// Whether a type's values change their nature, so that what was said about them (a default, a foreign key) may not hold.
bool changes_family(const Catalog& from_catalog, TypeRef from, const Catalog& to_catalog, TypeRef to);

}  // namespace pgplumb::diff
