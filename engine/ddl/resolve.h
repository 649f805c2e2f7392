#pragma once
// From names in statements to objects of the catalog, with PostgreSQL's errors where there are none or where a name is
// taken already.
#include <string>
#include <string_view>

#include "catalog/kinds/column.h"
#include "engine/ddl/namespace.h"

namespace pgplumb::engine::ddl {

using catalog::AnyRef;
using catalog::Column;
using catalog::Kind;
using catalog::Object;
using catalog::Ref;

// --- Relations -------------------------------------------------------------------------------------------------------

/// The oid of the relation that the name means (RangeVarGetRelid): a user's, or one of the built-in catalogs' relations.
/// invalid_oid where there is none; an unknown schema is then no error either.
Oid find_relation(const Interpreter& interpreter, ast::RangeVar name);
/// Likewise for a relation in a list of names, as DROP and COMMENT have them.
Oid find_relation(const Interpreter& interpreter, ast::List<ast::Node> names);
Oid find_relation(const Interpreter& interpreter, QualifiedName name);
Oid find_relation_in_schema(const Interpreter& interpreter, Oid schema, Name name);
/// The relation; throws 42P01, or 3F000 for the schema, and 42501 for a built-in relation, which nobody may change.
const Object& require_relation(const Interpreter& interpreter, ast::RangeVar name);
const Object& require_relation(const Interpreter& interpreter, ast::List<ast::Node> names);
/// `relation "x" does not exist`, as PostgreSQL says it for a name written this way.
[[noreturn]] void no_such_relation(std::string_view schema, std::string_view name);

/// Whether objects of the kind are rows of pg_class.
bool is_relation(Kind kind);
/// The word for the relation in messages: "table", "view", "index", … (errdetail_relkind_not_supported and others).
std::string_view relation_word(const Object& relation);

/// `This operation is not supported for views.` and the like (errdetail_relkind_not_supported).
std::string not_supported_for(const Object& relation);

/// Throws 42P07 where the schema has a relation of that name, 42710 where it has a type of it that is no relation's.
/// `as_type`: the new relation makes a row type as well, as all but sequences and indexes do.
void require_free_relation_name(const Interpreter& interpreter, Oid schema, Name name, bool as_type = true);

// --- Columns ---------------------------------------------------------------------------------------------------------

/// The relation's columns by attribute number.
std::vector<const Column*> columns_of(const catalog::Catalog& catalog, Oid relation);
const Column* find_column(const catalog::Catalog& catalog, Oid relation, Name name);
/// Throws 42703: column "x" of relation "r" does not exist.
const Column& require_column(const catalog::Catalog& catalog, const Object& relation, Name name);
/// Whether it is one of the system columns: ctid, xmin, …, tableoid.
bool is_system_column(std::string_view name);
/// Whether that relation has such a column: views and row types have none.
bool is_system_column(const catalog::Object& relation, std::string_view name);

}  // namespace pgplumb::engine::ddl
