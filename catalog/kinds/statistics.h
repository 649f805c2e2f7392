#pragma once
// Extended statistics of a relation (pg_statistic_ext).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// pg_statistic_ext.stxkind, but for "e", which follows from the expressions
enum class StatisticsKind : std::uint8_t { ndistinct, dependencies, mcv };
inline constexpr EnumEntry statistics_kind_entries[] = {{0, "d", "ndistinct"}, {1, "f", "dependencies"}, {2, "m", "mcv"}};
constexpr std::span<const EnumEntry> enum_entries(StatisticsKind) { return statistics_kind_entries; }

struct Statistics : Object {
  AnyRef table;
  std::vector<Ref<Column>> columns;
  std::vector<Expr> expressions;
  std::vector<StatisticsKind> kinds;
  std::int32_t target = -1;  // SET STATISTICS; -1: the default
};

inline constexpr auto statistics_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || s.stxnamespace"),
    field<&Object::name>("name", identity, "s.stxname"),
    field<&Statistics::table>("table", attribute | EdgeType::automatic, "'1259/' || s.stxrelid"),
    field<&Statistics::columns>(
        "columns", attribute | set | EdgeType::automatic,
        "(SELECT json_agg(s.stxrelid || '/' || u.n) FROM unnest(s.stxkeys::int2[]) u(n))"),
    field<&Statistics::expressions>("expressions", attribute | EdgeType::automatic,
                                    "to_json(pg_get_statisticsobjdef_expressions(s.oid))")
        .since(14)
        .sees(ExprScope::relation),
    field<&Statistics::kinds>("kinds", attribute | set,
                              "(SELECT json_agg(CASE u.k WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' "
                              "ELSE 'mcv' END) FROM unnest(s.stxkind) u(k) WHERE u.k <> 'e')"),
    field<&Statistics::target>("target", attribute, "coalesce(s.stxstattarget, -1)"));

}  // namespace pgplumb::catalog
