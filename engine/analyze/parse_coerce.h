#pragma once
// Type coercion: PostgreSQL's parser/parse_coerce.c. Messages and their order are the server's.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyze/parse_state.h"

namespace pgplumb::engine::analyze {

enum class CoercionContext : std::uint8_t { implicit, assignment, explicit_ };
using expr::CoercionForm;

enum class CoercionPath : std::uint8_t { none, function, relabel, array, via_io };
struct CoercionPathway {
  CoercionPath path = CoercionPath::none;
  Oid function = invalid_oid;
};
CoercionPathway find_coercion_pathway(const Syscache& cache, Oid target, Oid source, CoercionContext context);
/// Whether the type is an array of rows, or of domains over them: is_complex_array of parse_coerce.c.
bool is_complex_array(const Syscache& cache, Oid type);
/// The function that enforces a type's modifier: find_typmod_coercion_function.
CoercionPathway find_typmod_coercion(const Syscache& cache, Oid type);

/// How one coercion is asked for.
struct Coercion {
  CoercionContext context = CoercionContext::implicit;
  CoercionForm form = CoercionForm::implicit_cast;
  int location = -1;
};

bool can_coerce_type(const Syscache& cache, std::span<const Oid> inputs, std::span<const Oid> targets,
                     CoercionContext context);
inline bool can_coerce_type(const Syscache& cache, Oid input, Oid target, CoercionContext context) {
  return can_coerce_type(cache, std::span<const Oid>(&input, 1), std::span<const Oid>(&target, 1), context);
}

/// The expression as the target type with its modifier; null where there is no such coercion.
NodePtr coerce_to_target_type(ParseState& state, NodePtr node, Oid input, Oid target, std::int32_t typmod,
                              const Coercion& how);
/// The caller has made sure that the coercion exists; no modifier is enforced.
NodePtr coerce_type(ParseState& state, NodePtr node, Oid input, Oid target, std::int32_t typmod, const Coercion& how);
NodePtr coerce_to_domain(ParseState& state, NodePtr node, Oid base, std::int32_t base_typmod, Oid domain,
                         const Coercion& how, bool hide_input);

/// Errors where the argument of `construct` ("WHERE", "CASE/WHEN", …) can't be taken as that type.
NodePtr coerce_to_boolean(ParseState& state, NodePtr node, std::string_view construct);
NodePtr coerce_to_specific_type(ParseState& state, NodePtr node, Oid target, std::int32_t typmod,
                                std::string_view construct);
NodePtr coerce_to_specific_type(ParseState& state, NodePtr node, Oid target, std::string_view construct);

/// The common supertype of expressions, as UNION and CASE need it. With an empty context: 0 instead of an error.
Oid select_common_type(ParseState& state, const std::vector<NodePtr>& nodes, std::string_view context,
                       NodePtr* which = nullptr);
Oid select_common_type_from_oids(const Syscache& cache, std::span<const Oid> type_oids, bool no_error);
NodePtr coerce_to_common_type(ParseState& state, NodePtr node, Oid target, std::string_view context);
std::int32_t select_common_typmod(const std::vector<NodePtr>& nodes, Oid common);
bool verify_common_type(const Syscache& cache, Oid common, const std::vector<NodePtr>& nodes);

/// Polymorphic arguments: coerce_polymorphic.cc.
bool check_generic_type_consistency(const Syscache& cache, std::span<const Oid> actual, std::span<const Oid> declared);
/// Resolves the polymorphic ones of `declared` in place; the result type is given back. Errors where it can't be.
Oid enforce_generic_type_consistency(const Syscache& cache, std::span<const Oid> actual, std::span<Oid> declared,
                                     Oid result, bool allow_polymorphic);

bool is_binary_coercible(const Syscache& cache, Oid source, Oid target);
/// The same node shown as an implicit coercion, which is not printed.
NodePtr hide_coercion(const NodePtr& node);
NodePtr make_null_const(Oid type, std::int32_t typmod = -1, Oid collation = invalid_oid, int location = -1);
NodePtr make_int4_const(std::int32_t value, int location = -1);
NodePtr make_bool_const(bool value, int location = -1);

}  // namespace pgplumb::engine::analyze
