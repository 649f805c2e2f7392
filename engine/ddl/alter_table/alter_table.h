#pragma once
// ALTER TABLE and its kin: ATController of commands/tablecmds.c. Subcommands are prepared in the order of the statement,
// for the relation and where they recurse for its children, and carried out pass by pass.
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "engine/ddl/alter_table/passes.h"
#include "engine/ddl/retype.h"
#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

/// One subcommand for one relation.
struct Subcommand {
  ast::AlterTableCmd node;
  Oid relation = invalid_oid;
  bool recurse = true;      // false: ONLY
  bool recursing = false;   // asked for by the relation's parent
  Name name() const { return Name(node.name()); }
};

class AlterTable {
 public:
  explicit AlterTable(Interpreter& owner) : interpreter(owner), catalog(owner.catalog()) {}

  /// ATPrepCmd: checks the relation's kind, goes to its children, and puts the command into its pass.
  void prepare(const Subcommand& command);
  /// Puts a step into a pass, behind those that the relation has there.
  void enqueue(Oid relation, Pass pass, std::function<void()> step);
  /// Puts a step behind all passes: afterStmts of AlteredTableInfo.
  void enqueue_last(std::function<void()> step) { last_.push_back(std::move(step)); }
  /// ATRewriteCatalogs, and what ATRewriteTables refuses before it touches a row.
  void run();
  /// The relation's rows get values that they had not: newvals of AlteredTableInfo.
  void note_new_values(Oid relation) { table(relation).has_new_values = true; }
  /// They are written anew: rewrite of AlteredTableInfo.
  void note_rewrite(Oid relation) { table(relation).has_new_values = table(relation).is_rewritten = true; }
  /// The statement works on the relation as well (ATGetQueueEntry).
  void enter(Oid relation) { table(relation); }
  /// What has to be made anew once the relation's columns have their new types.
  Rebuild& rebuild_of(Oid relation) { return table(relation).rebuild; }

  const Object& relation(Oid oid) const { return *catalog.find(oid); }

  Interpreter& interpreter;
  Catalog& catalog;
  /// The types, before the statement, of columns that get another: none gets one twice.
  std::map<Oid, TypeRef> original_types;
  /// Relations to which the statement has already given this once; it may not do so again.
  std::set<Oid> with_new_persistence, with_new_access_method, with_new_tablespace;

 private:
  struct Table {
    Oid relation = invalid_oid;
    std::array<std::vector<std::function<void()>>, pass_count> steps;
    Rebuild rebuild;
    bool has_new_values = false, is_rewritten = false;
  };
  Table& table(Oid relation);
  void rewrite_tables();

  std::vector<std::unique_ptr<Table>> tables_;
  std::vector<std::function<void()>> last_;
};

/// What relation kinds a subcommand takes.
enum TargetKind : unsigned {
  on_table = 1, on_view = 2, on_materialized_view = 4, on_index = 8, on_composite = 16, on_foreign_table = 32,
  on_sequence = 64, on_partitioned_index = 128,
};

/// How a subcommand reaches the relation's children.
enum class Reach : std::uint8_t {
  none,    // never
  simple,  // each child is prepared as if it had been named
  own,     // its function sees to it
};

/// One row of the registry, subcommands.cc.
struct SubcommandInfo {
  ast::AlterTableType type;
  const char* text;  // as messages name it
  unsigned targets;
  Pass pass;
  Reach reach = Reach::none;
  void (*run)(AlterTable&, const Subcommand&);
  void (*prepare)(AlterTable&, const Subcommand&) = nullptr;
};
const SubcommandInfo* find_subcommand(ast::AlterTableType type);

/// Whether it is a table or materialized view with rows of its own (RELKIND_HAS_STORAGE).
bool has_storage(const Catalog& catalog, Oid relation);

/// The column; throws 42703, and 0A000 for a system column.
const Column& require_user_column(const AlterTable& alter, Oid relation, Name name);
inline const Column& require_user_column(const AlterTable& alter, const Subcommand& command) {
  return require_user_column(alter, command.relation, command.name());
}

// columns.cc
void add_column(AlterTable& alter, const Subcommand& command);
void prepare_add_column(AlterTable& alter, const Subcommand& command);
/// ALTER TYPE reaches the tables of that type, with CASCADE (ATTypedTableRecursion).
void prepare_typed_tables(AlterTable& alter, const Subcommand& command);
void prepare_drop_column(AlterTable& alter, const Subcommand& command);
void drop_column(AlterTable& alter, const Subcommand& command);

// column_type.cc
void prepare_column_type(AlterTable& alter, const Subcommand& command);
void alter_column_type(AlterTable& alter, const Subcommand& command);

// column_attributes.cc
void alter_column_default(AlterTable& alter, const Subcommand& command);
void prepare_drop_not_null(AlterTable& alter, const Subcommand& command);
void drop_not_null(AlterTable& alter, const Subcommand& command);
void prepare_set_not_null(AlterTable& alter, const Subcommand& command);
void alter_set_not_null(AlterTable& alter, const Subcommand& command);
/// The same for a column that a primary key makes NOT NULL, until 17: prepares it, and puts it into its pass.
void enqueue_set_not_null(AlterTable& alter, Oid relation, Name column, bool recurse);
void set_statistics(AlterTable& alter, const Subcommand& command);
void set_column_options(AlterTable& alter, const Subcommand& command);
void reset_column_options(AlterTable& alter, const Subcommand& command);
void set_column_storage(AlterTable& alter, const Subcommand& command);
void set_column_compression(AlterTable& alter, const Subcommand& command);
void set_foreign_column_options(AlterTable& alter, const Subcommand& command);

// identity.cc
void add_identity(AlterTable& alter, const Subcommand& command);
void set_identity(AlterTable& alter, const Subcommand& command);
void drop_identity(AlterTable& alter, const Subcommand& command);
void set_expression(AlterTable& alter, const Subcommand& command);
void prepare_drop_expression(AlterTable& alter, const Subcommand& command);
void drop_expression(AlterTable& alter, const Subcommand& command);

// constraints.cc
void add_constraint(AlterTable& alter, const Subcommand& command);
void prepare_add_constraint(AlterTable& alter, const Subcommand& command);
void drop_constraint(AlterTable& alter, const Subcommand& command);
void validate_constraint(AlterTable& alter, const Subcommand& command);
void alter_constraint(AlterTable& alter, const Subcommand& command);
/// ATAddCheckConstraint: here, then on children, where an equal one is merged with.
void add_check(AlterTable& alter, Oid relation, const CheckSpec& spec, bool recurse, bool recursing);
/// Puts what a new column or ADD CONSTRAINT brought into its passes.
void enqueue_not_null(AlterTable& alter, Oid relation, const NotNullSpec& spec, bool recurse);
void enqueue_elements(AlterTable& alter, Oid relation, TableElements elements, bool recurse);

// table_attributes.cc
void change_table_owner(AlterTable& alter, const Subcommand& command);
void cluster_on(AlterTable& alter, const Subcommand& command);
void drop_cluster(AlterTable& alter, const Subcommand& command);
void set_trigger_state(AlterTable& alter, const Subcommand& command);
void set_rule_state(AlterTable& alter, const Subcommand& command);
void set_row_security(AlterTable& alter, const Subcommand& command);
void set_replica_identity(AlterTable& alter, const Subcommand& command);
void set_foreign_options(AlterTable& alter, const Subcommand& command);
void do_nothing(AlterTable& alter, const Subcommand& command);
/// How messages name a column: with its relation.
std::string column_of_relation(const AlterTable& alter, const Column& column);

// table_storage.cc
void prepare_logged(AlterTable& alter, const Subcommand& command);
void set_logged(AlterTable& alter, const Subcommand& command);
void prepare_access_method(AlterTable& alter, const Subcommand& command);
void set_access_method(AlterTable& alter, const Subcommand& command);
void prepare_tablespace(AlterTable& alter, const Subcommand& command);
void set_tablespace(AlterTable& alter, const Subcommand& command);
void set_options(AlterTable& alter, const Subcommand& command);

// inherit.cc
void prepare_add_inherit(AlterTable& alter, const Subcommand& command);
void add_inherit(AlterTable& alter, const Subcommand& command);
void drop_inherit(AlterTable& alter, const Subcommand& command);
void add_of(AlterTable& alter, const Subcommand& command);
void drop_of(AlterTable& alter, const Subcommand& command);

// partitions.cc
void attach_partition(AlterTable& alter, const Subcommand& command);
void detach_partition(AlterTable& alter, const Subcommand& command);

}  // namespace pgplumb::engine::ddl
