// The registry of ALTER TABLE's subcommands: ATPrepCmd and ATExecCmd of commands/tablecmds.c as one table.
#include "engine/ddl/alter_table/alter_table.h"

namespace pgplumb::engine::ddl {

namespace {

using T = ast::AlterTableType;
using P = Pass;

constexpr unsigned table_or_foreign = on_table | on_foreign_table;
constexpr unsigned has_defaults = on_table | on_view | on_foreign_table;
constexpr unsigned has_rows = on_table | on_materialized_view | on_foreign_table;
constexpr unsigned anything = ~0u;

constexpr SubcommandInfo rows[] = {
    {T::AT_AddColumn, "ADD COLUMN", table_or_foreign | on_composite, P::add_column, Reach::own, add_column,
     prepare_add_column},
    {T::AT_ColumnDefault, "ALTER COLUMN ... SET DEFAULT", has_defaults, P::add_other_constraint, Reach::simple,
     alter_column_default},
    {T::AT_DropNotNull, "ALTER COLUMN ... DROP NOT NULL", table_or_foreign, P::drop, Reach::own, drop_not_null,
     prepare_drop_not_null},
    {T::AT_SetNotNull, "ALTER COLUMN ... SET NOT NULL", table_or_foreign, P::column_attributes, Reach::own,
     alter_set_not_null, prepare_set_not_null},
    {T::AT_SetExpression, "ALTER COLUMN ... SET EXPRESSION", table_or_foreign, P::set_expression, Reach::simple,
     set_expression},
    {T::AT_DropExpression, "ALTER COLUMN ... DROP EXPRESSION", table_or_foreign, P::drop, Reach::simple,
     drop_expression, prepare_drop_expression},
    {T::AT_SetStatistics, "ALTER COLUMN ... SET STATISTICS", has_rows | on_index | on_partitioned_index, P::misc,
     Reach::simple, set_statistics},
    {T::AT_SetOptions, "ALTER COLUMN ... SET", has_rows, P::misc, Reach::none, set_column_options},
    {T::AT_ResetOptions, "ALTER COLUMN ... RESET", has_rows, P::misc, Reach::none, reset_column_options},
    {T::AT_SetStorage, "ALTER COLUMN ... SET STORAGE", has_rows, P::misc, Reach::simple, set_column_storage},
    {T::AT_SetCompression, "ALTER COLUMN ... SET COMPRESSION", on_table | on_materialized_view, P::misc, Reach::none,
     set_column_compression},
    {T::AT_DropColumn, "DROP COLUMN", table_or_foreign | on_composite, P::drop, Reach::own, drop_column,
     prepare_drop_column},
    {T::AT_AddConstraint, "ADD CONSTRAINT", table_or_foreign, P::add_constraint, Reach::own, add_constraint,
     prepare_add_constraint},
    {T::AT_AlterConstraint, "ALTER CONSTRAINT", on_table, P::misc, Reach::own, alter_constraint},
    {T::AT_ValidateConstraint, "VALIDATE CONSTRAINT", table_or_foreign, P::misc, Reach::own, validate_constraint},
    {T::AT_DropConstraint, "DROP CONSTRAINT", table_or_foreign, P::drop, Reach::own, drop_constraint},
    {T::AT_AlterColumnType, "ALTER COLUMN ... SET DATA TYPE", table_or_foreign | on_composite, P::alter_type,
     Reach::own, alter_column_type, prepare_column_type},
    {T::AT_AlterColumnGenericOptions, "ALTER COLUMN ... OPTIONS", on_foreign_table, P::misc, Reach::none,
     set_foreign_column_options},
    {T::AT_ChangeOwner, "OWNER TO", anything, P::misc, Reach::none, change_table_owner},
    {T::AT_ClusterOn, "CLUSTER ON", on_table | on_materialized_view, P::misc, Reach::none, cluster_on},
    {T::AT_DropCluster, "SET WITHOUT CLUSTER", on_table | on_materialized_view, P::misc, Reach::none, drop_cluster},
    {T::AT_SetLogged, "SET LOGGED", on_table | on_sequence, P::misc, Reach::none, set_logged,
     prepare_logged},
    {T::AT_SetUnLogged, "SET UNLOGGED", on_table | on_sequence, P::misc, Reach::none, set_logged,
     prepare_logged},
    {T::AT_DropOids, "SET WITHOUT OIDS", table_or_foreign, P::drop, Reach::none, do_nothing},
    {T::AT_SetAccessMethod, "SET ACCESS METHOD", on_table | on_materialized_view, P::misc, Reach::none,
     set_access_method, prepare_access_method},
    {T::AT_SetTableSpace, "SET TABLESPACE", on_table | on_materialized_view | on_index | on_partitioned_index, P::misc,
     Reach::none, set_tablespace, prepare_tablespace},
    {T::AT_SetRelOptions, "SET", on_table | on_view | on_materialized_view | on_index, P::misc, Reach::none, set_options},
    {T::AT_ResetRelOptions, "RESET", on_table | on_view | on_materialized_view | on_index, P::misc, Reach::none,
     set_options},
    {T::AT_EnableTrig, "ENABLE TRIGGER", table_or_foreign, P::misc, Reach::own, set_trigger_state},
    {T::AT_EnableAlwaysTrig, "ENABLE ALWAYS TRIGGER", table_or_foreign, P::misc, Reach::own, set_trigger_state},
    {T::AT_EnableReplicaTrig, "ENABLE REPLICA TRIGGER", table_or_foreign, P::misc, Reach::own, set_trigger_state},
    {T::AT_DisableTrig, "DISABLE TRIGGER", table_or_foreign, P::misc, Reach::own, set_trigger_state},
    {T::AT_EnableTrigAll, "ENABLE TRIGGER ALL", table_or_foreign, P::misc, Reach::own, set_trigger_state},
    {T::AT_DisableTrigAll, "DISABLE TRIGGER ALL", table_or_foreign, P::misc, Reach::own, set_trigger_state},
    {T::AT_EnableTrigUser, "ENABLE TRIGGER USER", table_or_foreign, P::misc, Reach::own, set_trigger_state},
    {T::AT_DisableTrigUser, "DISABLE TRIGGER USER", table_or_foreign, P::misc, Reach::own, set_trigger_state},
    {T::AT_EnableRule, "ENABLE RULE", on_table, P::misc, Reach::none, set_rule_state},
    {T::AT_EnableAlwaysRule, "ENABLE ALWAYS RULE", on_table, P::misc, Reach::none, set_rule_state},
    {T::AT_EnableReplicaRule, "ENABLE REPLICA RULE", on_table, P::misc, Reach::none, set_rule_state},
    {T::AT_DisableRule, "DISABLE RULE", on_table, P::misc, Reach::none, set_rule_state},
    {T::AT_AddInherit, "INHERIT", table_or_foreign, P::misc, Reach::none, add_inherit, prepare_add_inherit},
    {T::AT_DropInherit, "NO INHERIT", table_or_foreign, P::misc, Reach::none, drop_inherit},
    {T::AT_AddOf, "OF", on_table, P::misc, Reach::none, add_of},
    {T::AT_DropOf, "NOT OF", on_table, P::misc, Reach::none, drop_of},
    {T::AT_ReplicaIdentity, "REPLICA IDENTITY", on_table | on_materialized_view, P::misc, Reach::none,
     set_replica_identity},
    {T::AT_EnableRowSecurity, "ENABLE ROW SECURITY", on_table, P::misc, Reach::none, set_row_security},
    {T::AT_DisableRowSecurity, "DISABLE ROW SECURITY", on_table, P::misc, Reach::none, set_row_security},
    {T::AT_ForceRowSecurity, "FORCE ROW SECURITY", on_table, P::misc, Reach::none, set_row_security},
    {T::AT_NoForceRowSecurity, "NO FORCE ROW SECURITY", on_table, P::misc, Reach::none, set_row_security},
    {T::AT_GenericOptions, "OPTIONS", on_foreign_table, P::misc, Reach::none, set_foreign_options},
    {T::AT_AttachPartition, "ATTACH PARTITION", on_table | on_partitioned_index, P::misc, Reach::none,
     attach_partition},
    {T::AT_DetachPartition, "DETACH PARTITION", on_table, P::misc, Reach::none, detach_partition},
    {T::AT_DetachPartitionFinalize, "DETACH PARTITION ... FINALIZE", on_table, P::misc, Reach::none, detach_partition},
    {T::AT_AddIdentity, "ALTER COLUMN ... ADD IDENTITY", has_defaults, P::add_other_constraint, Reach::own,
     add_identity},
    {T::AT_SetIdentity, "ALTER COLUMN ... SET", has_defaults, P::misc, Reach::own, set_identity},  // after ADD IDENTITY
    {T::AT_DropIdentity, "ALTER COLUMN ... DROP IDENTITY", has_defaults, P::drop, Reach::own, drop_identity},
};

}  // namespace

const SubcommandInfo* find_subcommand(ast::AlterTableType type) {
  for (const SubcommandInfo& row : rows)
    if (row.type == type) return &row;
  return nullptr;
}

}  // namespace pgplumb::engine::ddl
