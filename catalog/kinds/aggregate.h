#pragma once
// An aggregate function (pg_proc, prokind a, with pg_aggregate).
#include "catalog/kinds/routine.h"

namespace pgplumb::catalog {

/// pg_aggregate.aggkind
enum class AggregateKind : std::uint8_t { normal, ordered_set, hypothetical };
inline constexpr EnumEntry aggregate_kind_entries[] = {{0, "n", "normal"}, {1, "o", "ordered_set"}, {2, "h", "hypothetical"}};
constexpr std::span<const EnumEntry> enum_entries(AggregateKind) { return aggregate_kind_entries; }

struct Aggregate : Routine {
  AggregateKind aggregate_kind = AggregateKind::normal;
  std::int16_t direct_arguments = 0;
  AnyRef transition, final, combine, serialize, deserialize;
  AnyRef moving_transition, moving_inverse, moving_final;
  bool final_extra = false, moving_final_extra = false;
  std::string final_modify = "r", moving_final_modify = "r";
  AnyRef sort_operator;
  TypeRef state, moving_state;
  std::int32_t state_space = 0, moving_state_space = 0;
  std::optional<std::string> initial, moving_initial;
};

#define PGPLUMB_PROC(COLUMN) "'1255/' || nullif(g." COLUMN "::oid, 0)"
inline constexpr auto aggregate_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || p.pronamespace"),
    field<&Object::name>("name", identity, "p.proname"),
    field<&Routine::signature>("signature", identity, PGPLUMB_SIGNATURE),
    field<&Routine::arguments>("arguments", attribute, PGPLUMB_ARGUMENTS),
    field<&Routine::result>("result", attribute, "p.prorettype"),
    field<&Routine::parallel>("parallel", attribute, "p.proparallel"),
    field<&Aggregate::aggregate_kind>("aggregate_kind", attribute, "g.aggkind"),
    field<&Aggregate::direct_arguments>("direct_arguments", attribute, "g.aggnumdirectargs"),
    field<&Aggregate::transition>("transition", attribute, PGPLUMB_PROC("aggtransfn")),
    field<&Aggregate::final>("final", attribute, PGPLUMB_PROC("aggfinalfn")),
    field<&Aggregate::combine>("combine", attribute, PGPLUMB_PROC("aggcombinefn")),
    field<&Aggregate::serialize>("serialize", attribute, PGPLUMB_PROC("aggserialfn")),
    field<&Aggregate::deserialize>("deserialize", attribute, PGPLUMB_PROC("aggdeserialfn")),
    field<&Aggregate::moving_transition>("moving_transition", attribute, PGPLUMB_PROC("aggmtransfn")),
    field<&Aggregate::moving_inverse>("moving_inverse", attribute, PGPLUMB_PROC("aggminvtransfn")),
    field<&Aggregate::moving_final>("moving_final", attribute, PGPLUMB_PROC("aggmfinalfn")),
    field<&Aggregate::final_extra>("final_extra", attribute, "g.aggfinalextra"),
    field<&Aggregate::moving_final_extra>("moving_final_extra", attribute, "g.aggmfinalextra"),
    field<&Aggregate::final_modify>("final_modify", attribute, "g.aggfinalmodify"),
    field<&Aggregate::moving_final_modify>("moving_final_modify", attribute, "g.aggmfinalmodify"),
    field<&Aggregate::sort_operator>("sort_operator", attribute, "'2617/' || nullif(g.aggsortop, 0)"),
    field<&Aggregate::state>("state", attribute, "g.aggtranstype"),
    field<&Aggregate::moving_state>("moving_state", attribute, "nullif(g.aggmtranstype, 0)"),
    field<&Aggregate::state_space>("state_space", attribute, "g.aggtransspace"),
    field<&Aggregate::moving_state_space>("moving_state_space", attribute, "g.aggmtransspace"),
    field<&Aggregate::initial>("initial", attribute, "g.agginitval"),
    field<&Aggregate::moving_initial>("moving_initial", attribute, "g.aggminitval"));
#undef PGPLUMB_PROC

}  // namespace pgplumb::catalog
