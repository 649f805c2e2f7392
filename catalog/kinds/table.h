#pragma once
// A table, partitioned or not (pg_class, relkind r and p). Its columns, constraints and indexes are objects of their own.
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

/// pg_class.relreplident
enum class ReplicaIdentity : std::uint8_t { default_, nothing, full, index };
inline constexpr EnumEntry replica_identity_entries[] = {
    {0, "d", "default"}, {1, "n", "nothing"}, {2, "f", "full"}, {3, "i", "index"}};
constexpr std::span<const EnumEntry> enum_entries(ReplicaIdentity) { return replica_identity_entries; }

/// pg_partitioned_table.partstrat
enum class PartitionStrategy : std::uint8_t { none, range, list, hash };
inline constexpr EnumEntry partition_strategy_entries[] = {
    {0, "", "none"}, {1, "r", "range"}, {2, "l", "list"}, {3, "h", "hash"}};
constexpr std::span<const EnumEntry> enum_entries(PartitionStrategy) { return partition_strategy_entries; }

/// One column or expression of a partition key.
struct PartitionKeyPart {
  Ref<Column> column;  // empty for an expression
  Expr expression;
  AnyRef collation;       // empty where it is the column's own
  AnyRef operator_class;  // empty where it is the type's default
};
inline constexpr auto partition_key_part_fields = fields(
    field<&PartitionKeyPart::column>("column", attribute), field<&PartitionKeyPart::expression>("expression", attribute),
    field<&PartitionKeyPart::collation>("collation", attribute),
    field<&PartitionKeyPart::operator_class>("operator_class", attribute));
constexpr std::span<const FieldInfo> nested_fields(const PartitionKeyPart*) { return partition_key_part_fields; }

struct Table : Object {
  Persistence persistence = Persistence::permanent;
  std::vector<AnyRef> inherits;  // parents, in order; the parent of a partition is partition_of
  Ref<Table> partition_of;
  Expr partition_bound;  // "FOR VALUES …" or "DEFAULT"
  bool detach_pending = false;
  PartitionStrategy partition_strategy = PartitionStrategy::none;
  std::vector<PartitionKeyPart> partition_key_parts;  // interpreted tables only: what partition_key is printed from
  Expr partition_key;                                 // pg_get_partkeydef: "RANGE (a, lower(b))"
  TypeRef of_type;                                    // CREATE TABLE … OF
  AnyRef access_method;
  Name tablespace;  // empty: the database's default
  Options options;
  Options toast_options;
  bool has_toast_table = false;
  bool has_subclass = false;  // it has children, or had some
  bool row_security = false;
  bool force_row_security = false;
  ReplicaIdentity replica_identity = ReplicaIdentity::default_;
};

inline constexpr auto table_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || c.relnamespace"),
    field<&Object::name>("name", identity, "c.relname"),
    field<&Table::persistence>("persistence", attribute, "c.relpersistence"),
    field<&Table::inherits>("inherits", attribute,
                            "(SELECT json_agg('1259/' || i.inhparent ORDER BY i.inhseqno) FROM pg_inherits i "
                            "WHERE i.inhrelid = c.oid AND NOT c.relispartition)"),
    field<&Table::partition_of>("partition_of", attribute | EdgeType::automatic,
                                "(SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = c.oid AND c.relispartition)"),
    field<&Table::partition_bound>("partition_bound", attribute, "pg_get_expr(c.relpartbound, c.oid)")
        .sees(ExprScope::text),
    field<&Table::detach_pending>("detach_pending", attribute,
                                  "coalesce((SELECT i.inhdetachpending FROM pg_inherits i "
                                  "WHERE i.inhrelid = c.oid AND c.relispartition), false)")
        .since(14),
    field<&Table::partition_strategy>("partition_strategy", attribute,
                                      "coalesce((SELECT p.partstrat::text FROM pg_partitioned_table p "
                                      "WHERE p.partrelid = c.oid), '')"),
    field<&Table::has_subclass>("has_subclass", info, "c.relhassubclass"),
    field<&Table::partition_key_parts>("partition_key_parts", info | EdgeType::internal),
    field<&Table::partition_key>("partition_key", attribute, "pg_get_partkeydef(c.oid)").sees(ExprScope::text),
    field<&Table::of_type>("of_type", attribute, "nullif(c.reloftype, 0)"),
    field<&Table::access_method>("access_method", attribute, "'2601/' || nullif(c.relam, 0)"),
    field<&Table::tablespace>("tablespace", attribute,
                              "CASE WHEN c.reltablespace <> 0 THEN "
                              "(SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace) END"),
    field<&Table::options>("options", attribute | set, "to_json(c.reloptions)"),
    field<&Table::toast_options>(
        "toast_options", attribute | set,
        "(SELECT to_json(t.reloptions) FROM pg_class t WHERE t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL)"),
    field<&Table::has_toast_table>("has_toast_table", info, "c.reltoastrelid <> 0"),
    field<&Table::row_security>("row_security", attribute, "c.relrowsecurity"),
    field<&Table::force_row_security>("force_row_security", attribute, "c.relforcerowsecurity"),
    field<&Table::replica_identity>("replica_identity", attribute, "c.relreplident"));

}  // namespace pgplumb::catalog
