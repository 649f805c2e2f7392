#pragma once
// Names of objects within printed text: qualified unless they are pg_catalog's (generate_relation_name,
// generate_function_name, generate_operator_name, generate_collation_name of ruleutils.c).
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/analyze/syscache.h"

namespace pgplumb::engine::deparse {

using analyze::Syscache;
using catalog::Oid;

/// The name with its schema, both quoted where they must be; without it for pg_catalog's own.
std::string qualified_name(const Syscache& cache, Oid schema, std::string_view name);
/// With its schema in any case.
std::string always_qualified_name(const Syscache& cache, Oid schema, std::string_view name);
std::string relation_name(const Syscache& cache, Oid relation);
std::string function_name(const Syscache& cache, Oid function);
/// "=", or OPERATOR(schema.=).
std::string operator_name(const Syscache& cache, Oid op);
std::string collation_name(const Syscache& cache, Oid collation);
/// format_type_with_typemod().
std::string type_name(const Syscache& cache, Oid type, std::int32_t typmod);
/// A column of the relation by its attribute number; system columns have negative ones.
std::string_view attribute_name(const Syscache& cache, Oid relation, int attribute);
std::string_view system_attribute_name(int attribute);

/// 'text', as simple_quote_literal() writes it: quotes doubled, backslashes as they are.
std::string string_literal(std::string_view text);

/// The text of a regclass, regtype, regproc … constant: what it names, by its present name. Empty where unknown.
std::string reg_object_name(const Syscache& cache, Oid reg_type, Oid object);

}  // namespace pgplumb::engine::deparse
