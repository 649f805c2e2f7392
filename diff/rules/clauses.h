#pragma once
// Clauses that statements of several kinds share: options, expressions in parentheses, bodies in dollar quotes.
#include <string>
#include <string_view>

#include "catalog/kinds/common.h"
#include "diff/rules.h"
#include "diff/rules/printed_text.h"

namespace pgplumb::diff {

using catalog::AnyRef;
using catalog::Catalog;
using catalog::Kind;
using catalog::Name;
using catalog::Object;
using catalog::Oid;
using catalog::Options;
using catalog::Ref;
using catalog::TypeRef;

/// The text between dollar quotes whose tag does not occur in it.
std::string dollar_quoted(std::string_view text);

/// Storage parameters, "fillfactor=70, toast.autovacuum_enabled=false"; in the order of their names.
std::string storage_parameters(const Options& options, const Options& toast_options = {});
/// " WITH (…)", or nothing.
std::string with_clause(const Options& options, const Options& toast_options = {});
/// SET and RESET subcommands that turn one list of storage parameters into another. `prefix`: "toast."
void alter_storage_parameters(const std::string& head, const Options& from, const Options& to, std::string_view prefix,
                              Script& out);

/// " OPTIONS (host 'h', dbname 'd')", or nothing. Options whose values are hidden make the object impossible to create.
std::string foreign_options_clause(const Options& options, const std::string& address, Script& out);
/// "OPTIONS (ADD a 'x', SET b 'y', DROP c)"
std::string alter_foreign_options(const Options& from, const Options& to, const std::string& address, Script& out);

/// "ALTER TABLE public.t", "ALTER VIEW public.v" …: by the kind of the relation or composite type.
std::string alter_head(const SqlNames& names, AnyRef relation);
inline std::string alter_head(const SqlNames& names, const Object& relation) {
  return alter_head(names, AnyRef{relation.kind, relation.oid});
}
/// The same for what children must not follow: with ONLY where the relation has any.
std::string alter_only_head(const SqlNames& names, AnyRef relation);
inline std::string alter_only_head(const SqlNames& names, const Object& relation) {
  return alter_only_head(names, AnyRef{relation.kind, relation.oid});
}
/// Whether partitions or inheriting tables hang on it.
bool has_children(const Catalog& catalog, Oid relation);

/// " USING heap"-like clauses are left out where they say what would be so without them.
bool is_default_table_method(AnyRef access_method);

/// "SET (a 'x')" of ALTER … statements that take ENABLE, DISABLE, ENABLE REPLICA, ENABLE ALWAYS.
std::string_view enable_word(catalog::Enabled enabled);

}  // namespace pgplumb::diff
