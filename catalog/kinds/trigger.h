#pragma once
// A trigger of a relation (pg_trigger), constraint triggers included; those that implement foreign keys are not objects.
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

/// pg_trigger.tgtype & (before | instead of)
enum class TriggerTiming : std::uint8_t { after, before, instead_of };
inline constexpr EnumEntry trigger_timing_entries[] = {{0, "0", "after"}, {1, "2", "before"}, {2, "64", "instead_of"}};
constexpr std::span<const EnumEntry> enum_entries(TriggerTiming) { return trigger_timing_entries; }

struct Trigger : Object {
  AnyRef function;
  TriggerTiming timing = TriggerTiming::after;
  bool for_each_row = false;
  bool on_insert = false, on_update = false, on_delete = false, on_truncate = false;
  std::vector<Ref<Column>> update_columns;  // UPDATE OF
  Expr when;
  std::vector<std::string> arguments;
  Name old_table, new_table;  // transition tables
  bool is_constraint = false;
  bool deferrable = false, initially_deferred = false;
  AnyRef constraint_relation;  // FROM referenced table
  Enabled enabled = Enabled::origin;
  Ref<Trigger> partition_of;  // the partitioned table's trigger that this one was cloned from
};

// pg_trigger.tgargs holds each argument with a NUL behind it. The WHEN condition has no function of its own to print it:
// pg_get_expr() can't, because it names two relations; it is cut out of the definition.
inline constexpr auto trigger_fields = fields(
    field<&Object::parent>("relation", parent, "'1259/' || g.tgrelid"),
    field<&Object::name>("name", identity, "g.tgname"),
    field<&Trigger::function>("function", attribute, "'1255/' || g.tgfoid"),
    field<&Trigger::timing>("timing", attribute, "g.tgtype & 66"),
    field<&Trigger::for_each_row>("for_each_row", attribute, "g.tgtype & 1 = 1"),
    field<&Trigger::on_insert>("on_insert", attribute, "g.tgtype & 4 <> 0"),
    field<&Trigger::on_update>("on_update", attribute, "g.tgtype & 16 <> 0"),
    field<&Trigger::on_delete>("on_delete", attribute, "g.tgtype & 8 <> 0"),
    field<&Trigger::on_truncate>("on_truncate", attribute, "g.tgtype & 32 <> 0"),
    field<&Trigger::update_columns>(
        "update_columns", attribute | set,
        "(SELECT json_agg(g.tgrelid || '/' || u.n) FROM unnest(g.tgattr::int2[]) u(n))"),
    field<&Trigger::when>("when", attribute,
                          "CASE WHEN g.tgqual IS NOT NULL THEN "
                          "substring(pg_get_triggerdef(g.oid) FROM ' WHEN (\\(.*\\)) EXECUTE FUNCTION ') END")
        .sees(ExprScope::old_new),
    field<&Trigger::arguments>(
        "arguments", attribute,
        "CASE WHEN g.tgnargs > 0 THEN (SELECT json_agg(convert_from(decode(u.a, 'hex'), getdatabaseencoding()) ORDER BY u.o) "
        "FROM regexp_split_to_table(regexp_replace(encode(g.tgargs, 'hex'), '00$', ''), '(?=(?:..)*$)00') "
        "WITH ORDINALITY u(a, o)) END"),
    field<&Trigger::old_table>("old_table", attribute, "g.tgoldtable"),
    field<&Trigger::new_table>("new_table", attribute, "g.tgnewtable"),
    field<&Trigger::is_constraint>("is_constraint", attribute, "g.tgconstraint <> 0"),
    field<&Trigger::deferrable>("deferrable", attribute, "g.tgdeferrable"),
    field<&Trigger::initially_deferred>("initially_deferred", attribute, "g.tginitdeferred"),
    field<&Trigger::constraint_relation>("constraint_relation", attribute, "'1259/' || nullif(g.tgconstrrelid, 0)"),
    field<&Trigger::enabled>("enabled", attribute, "g.tgenabled"),
    field<&Trigger::partition_of>("partition_of", attribute | EdgeType::automatic, "nullif(g.tgparentid, 0)"));

}  // namespace pgplumb::catalog
