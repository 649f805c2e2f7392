#pragma once
// A constraint of a table or of a domain (pg_constraint).
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

/// pg_constraint.contype; constraint triggers are triggers here.
enum class ConstraintType : std::uint8_t { check, foreign_key, primary_key, unique, exclusion, not_null };
inline constexpr EnumEntry constraint_type_entries[] = {{0, "c", "check"},  {1, "f", "foreign_key"}, {2, "p", "primary_key"},
                                                        {3, "u", "unique"}, {4, "x", "exclusion"},   {5, "n", "not_null"}};
constexpr std::span<const EnumEntry> enum_entries(ConstraintType) { return constraint_type_entries; }

/// pg_constraint.confupdtype and confdeltype
enum class ForeignKeyAction : std::uint8_t { no_action, restrict, cascade, set_null, set_default };
inline constexpr EnumEntry foreign_key_action_entries[] = {
    {0, "a", "no_action"}, {1, "r", "restrict"}, {2, "c", "cascade"}, {3, "n", "set_null"}, {4, "d", "set_default"}};
constexpr std::span<const EnumEntry> enum_entries(ForeignKeyAction) { return foreign_key_action_entries; }

/// pg_constraint.confmatchtype
enum class ForeignKeyMatch : std::uint8_t { simple, full, partial };
inline constexpr EnumEntry foreign_key_match_entries[] = {{0, "s", "simple"}, {1, "f", "full"}, {2, "p", "partial"}};
constexpr std::span<const EnumEntry> enum_entries(ForeignKeyMatch) { return foreign_key_match_entries; }

/// What a foreign key refers to, and how.
struct ForeignKey {
  AnyRef table;
  std::vector<Ref<Column>> columns;
  ForeignKeyMatch match = ForeignKeyMatch::simple;
  ForeignKeyAction on_update = ForeignKeyAction::no_action;
  ForeignKeyAction on_delete = ForeignKeyAction::no_action;
  std::vector<Ref<Column>> set_columns;  // ON DELETE SET … (columns)
  AnyRef index;                          // the unique index or constraint's index that it leans on
};
inline constexpr auto foreign_key_fields =
    fields(field<&ForeignKey::table>("table", attribute), field<&ForeignKey::columns>("columns", attribute),
           field<&ForeignKey::match>("match", attribute), field<&ForeignKey::on_update>("on_update", attribute),
           field<&ForeignKey::on_delete>("on_delete", attribute),
           field<&ForeignKey::set_columns>("set_columns", attribute | set), field<&ForeignKey::index>("index", info));
constexpr std::span<const FieldInfo> nested_fields(const ForeignKey*) { return foreign_key_fields; }

struct Constraint : Object {
  ConstraintType type = ConstraintType::check;
  std::vector<Ref<Column>> columns;  // key columns in order; of a check: those that it reads
  Expr expression;                   // check
  std::optional<ForeignKey> foreign_key;
  std::vector<AnyRef> operators;  // exclusion
  bool deferrable = false;
  bool initially_deferred = false;
  bool validated = true;
  bool enforced = true;
  bool no_inherit = false;  // check and not null
  bool period = false;      // WITHOUT OVERLAPS, PERIOD
  // DISABLE TRIGGER ALL reaches the triggers that enforce a constraint: on its own table those of a foreign key that look for
  // the row referred to, or that of a deferrable key; on the table referred to those that carry out ON DELETE and ON UPDATE.
  bool triggers_disabled = false, actions_disabled = false;
  bool local = true;
  std::int32_t inherited_from = 0;
  Ref<Constraint> partition_of;  // the parent table's constraint that this one was cloned from
  // A foreign key that its table has taken along when it was detached, on servers before 15, in a simulated catalog:
  // the key of the table's own that it was made for, and goes with.
  Ref<Constraint> made_for;
  Ref<Index> index;              // of a key or exclusion: the index that it owns
  Name generated_name;           // not null, in a simulated catalog: the name that the server chose for it, whatever it is now
};

// Those of which triggers are disabled: unique_key_recheck, RI_FKey_check_ins and RI_FKey_check_upd lie on the constraint's own
// table, all others on the one that it refers to.
#define PGPLUMB_TRIGGERS_DISABLED \
  "(SELECT g.tgconstraint FROM pg_trigger g WHERE g.tgisinternal AND g.tgenabled = 'D' AND g.tgfoid IN (1250, 1644, 1645))"
#define PGPLUMB_ACTIONS_DISABLED \
  "(SELECT g.tgconstraint FROM pg_trigger g WHERE g.tgisinternal AND g.tgenabled = 'D' AND g.tgfoid NOT IN (1250, 1644, 1645))"

// The columns of a check follow from its expression. Its index depends on a key, not the key on its index.
inline constexpr auto constraint_fields = fields(
    field<&Object::parent>("parent", parent,
                           "CASE WHEN k.conrelid <> 0 THEN '1259/' || k.conrelid ELSE '1247/' || k.contypid END"),
    field<&Object::name>("name", identity, "k.conname"), field<&Constraint::type>("type", attribute, "k.contype"),
    field<&Constraint::columns>("columns", attribute | EdgeType::automatic,
                                "CASE WHEN k.contype <> 'c' AND k.conrelid <> 0 THEN "
                                "(SELECT json_agg(k.conrelid || '/' || u.n ORDER BY u.o) "
                                "FROM unnest(k.conkey) WITH ORDINALITY u(n, o) WHERE u.n > 0) END"),
    field<&Constraint::expression>("expression", attribute | EdgeType::automatic, "pg_get_expr(k.conbin, k.conrelid)")
        .sees(ExprScope::relation),
    field<&Constraint::foreign_key>(
        "foreign_key", attribute,
        "CASE WHEN k.contype = 'f' THEN json_build_object('table', '1259/' || k.confrelid, "
        "'columns', (SELECT json_agg(k.confrelid || '/' || u.n ORDER BY u.o) "
        "FROM unnest(k.confkey) WITH ORDINALITY u(n, o)), "
        "'match', CASE k.confmatchtype WHEN 's' THEN 'simple' WHEN 'f' THEN 'full' ELSE 'partial' END, "
        "'on_update', CASE k.confupdtype WHEN 'a' THEN 'no_action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' "
        "WHEN 'n' THEN 'set_null' ELSE 'set_default' END, "
        "'on_delete', CASE k.confdeltype WHEN 'a' THEN 'no_action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' "
        "WHEN 'n' THEN 'set_null' ELSE 'set_default' END, "
        "'set_columns', (SELECT json_agg(k.conrelid || '/' || u.n) FROM unnest(k.confdelsetcols) u(n)), "
        "'index', '1259/' || k.conindid) END")
        .before(15,
                "CASE WHEN k.contype = 'f' THEN json_build_object('table', '1259/' || k.confrelid, "
                "'columns', (SELECT json_agg(k.confrelid || '/' || u.n ORDER BY u.o) "
                "FROM unnest(k.confkey) WITH ORDINALITY u(n, o)), "
                "'match', CASE k.confmatchtype WHEN 's' THEN 'simple' WHEN 'f' THEN 'full' ELSE 'partial' END, "
                "'on_update', CASE k.confupdtype WHEN 'a' THEN 'no_action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN "
                "'cascade' WHEN 'n' THEN 'set_null' ELSE 'set_default' END, "
                "'on_delete', CASE k.confdeltype WHEN 'a' THEN 'no_action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN "
                "'cascade' WHEN 'n' THEN 'set_null' ELSE 'set_default' END, "
                "'index', '1259/' || k.conindid) END"),
    field<&Constraint::operators>("operators", attribute,
                                  "CASE WHEN k.contype = 'x' THEN (SELECT json_agg('2617/' || u.op ORDER BY u.o) "
                                  "FROM unnest(k.conexclop) WITH ORDINALITY u(op, o)) END"),
    field<&Constraint::deferrable>("deferrable", attribute, "k.condeferrable"),
    field<&Constraint::initially_deferred>("initially_deferred", attribute, "k.condeferred"),
    field<&Constraint::validated>("validated", attribute, "k.convalidated"),
    field<&Constraint::enforced>("enforced", attribute, "k.conenforced").since(18),
    field<&Constraint::no_inherit>("no_inherit", attribute, "k.connoinherit AND k.contype IN ('c', 'n')"),
    field<&Constraint::period>("period", attribute, "k.conperiod").since(18),
    field<&Constraint::triggers_disabled>("triggers_disabled", attribute, "k.oid IN " PGPLUMB_TRIGGERS_DISABLED),
    field<&Constraint::actions_disabled>("actions_disabled", attribute, "k.oid IN " PGPLUMB_ACTIONS_DISABLED),
    field<&Constraint::local>("local", attribute, "k.conislocal"),
    field<&Constraint::inherited_from>("inherited_from", info, "k.coninhcount"),
    field<&Constraint::partition_of>("partition_of", attribute | EdgeType::automatic, "nullif(k.conparentid, 0)"),
    field<&Constraint::made_for>("made_for", info | EdgeType::automatic), field<&Constraint::index>("index", info),
    field<&Constraint::generated_name>("generated_name", info));

}  // namespace pgplumb::catalog
