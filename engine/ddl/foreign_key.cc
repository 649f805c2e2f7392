#include "engine/ddl/foreign_key.h"

#include <algorithm>

#include "catalog/kinds/table.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/typcache.h"
#include "engine/ddl/foreign_key_clones.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/message.h"
#include "engine/ddl/names.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::ForeignKey;
using catalog::ForeignKeyAction;
using catalog::ForeignKeyMatch;
using catalog::Persistence;
using catalog::Table;

constexpr std::size_t max_keys = 32;

ForeignKeyAction action_of(std::string_view letter) {
  switch (letter.empty() ? 'a' : letter[0]) {
    case 'r':
      return ForeignKeyAction::restrict;
    case 'c':
      return ForeignKeyAction::cascade;
    case 'n':
      return ForeignKeyAction::set_null;
    case 'd':
      return ForeignKeyAction::set_default;
    default:
      return ForeignKeyAction::no_action;
  }
}

ForeignKeyMatch match_of(std::string_view letter) {
  if (letter == "f") return ForeignKeyMatch::full;
  if (letter == "p") throw SqlError("0A000", "MATCH PARTIAL not yet implemented");
  return ForeignKeyMatch::simple;
}

class ForeignKeyDefinition {
 public:
  ForeignKeyDefinition(Interpreter& interpreter, Oid relation, const ForeignKeySpec& spec)
      : interpreter_(interpreter), catalog_(interpreter.catalog()), relation_(relation), spec_(spec) {}

  Constraint build(bool recurse) {
    constraint_.type = catalog::ConstraintType::foreign_key;
    constraint_.parent = AnyRef{relation().kind, relation_};
    constraint_.name = choose_name();
    find_referenced(recurse);
    check_persistence();
    constraint_.columns = columns_named(relation_, spec_.columns);
    key_.match = match_of(spec_.node.fk_matchtype());
    key_.on_update = action_of(spec_.node.fk_upd_action());
    key_.on_delete = action_of(spec_.node.fk_del_action());
    resolve_set_columns();
    find_referenced_columns();
    check_generated_columns();
    if (constraint_.columns.size() != key_.columns.size())
      throw SqlError("42830", "number of referencing and referenced columns for foreign key disagree");
    constraint_.foreign_key = key_;
    check_foreign_key_types(interpreter_, constraint_);
    constraint_.deferrable = spec_.deferrable;
    constraint_.initially_deferred = spec_.initially_deferred;
    constraint_.enforced = spec_.enforced;
    constraint_.validated = spec_.validated && spec_.enforced;
    constraint_.period = spec_.node.fk_with_period();
    return constraint_;
  }

 private:
  const Object& relation() const { return *catalog_.find(relation_); }

  Name choose_name() const {
    if (!spec_.name.empty()) {
      if (constraint_name_is_used(catalog_, relation_, spec_.name))
        throw SqlError("42710", "constraint " + quoted(spec_.name) + " for relation " + quoted(relation().name) +
                                    " already exists");
      return spec_.name;
    }
    return choose_constraint_name(catalog_, relation().name.view(), name_addition(spec_.columns), "fkey",
                                  relation().parent.oid, {});
  }

  void find_referenced(bool recurse) {
    const ast::RangeVar name = spec_.node.pktable();
    const Oid oid = find_relation(interpreter_, name);
    const Object& table = require_relation(interpreter_, name);
    referenced_ = catalog_.find_as<Table>(oid);
    if (!referenced_) throw SqlError("42809", "referenced relation " + quoted(table.name) + " is not a table");
    key_.table = AnyRef{Kind::table, oid};
    if (!is_partitioned(catalog_, relation_)) return;
    const std::string between = "foreign key on partitioned table " + quoted(relation().name) +
                                " referencing relation " + quoted(table.name);
    if (!recurse) throw SqlError("42809", "cannot use ONLY for " + between);
    if (spec_.skip_validation && !spec_.validated && interpreter_.major() < 18)
      throw SqlError("42809", "cannot add NOT VALID " + between, "This feature is not yet supported on partitioned tables.");
  }

  void check_persistence() const {
    const auto* table = catalog_.find_as<Table>(relation_);
    const Persistence mine = table ? table->persistence : Persistence::permanent;
    const Persistence other = referenced_->persistence;
    const auto refuse = [](const char* message) { throw SqlError("42P16", message); };
    if (mine == Persistence::permanent && other != Persistence::permanent)
      refuse("constraints on permanent tables may reference only permanent tables");
    if (mine == Persistence::unlogged && other == Persistence::temporary)
      refuse("constraints on unlogged tables may reference only permanent or unlogged tables");
    if (mine == Persistence::temporary && other != Persistence::temporary)
      refuse("constraints on temporary tables may reference only temporary tables");
  }

  std::vector<Ref<Column>> columns_named(Oid relation, const std::vector<Name>& names) const {
    std::vector<Ref<Column>> columns;
    for (Name name : names) {
      const Column* column = find_column(catalog_, relation, name);
      if (!column && is_system_column(name.view()))
        throw SqlError("0A000", "system columns cannot be used in foreign keys");
      if (!column)
        throw SqlError("42703", "column " + quoted(name) + " referenced in foreign key constraint does not exist");
      if (columns.size() >= max_keys)
        throw SqlError("54011", "cannot have more than " + std::to_string(max_keys) + " keys in a foreign key");
      columns.push_back(Ref<Column>{column->oid});
    }
    return columns;
  }

  static std::vector<Name> names_of(ast::List<ast::Node> list) {
    std::vector<Name> names;
    for (ast::Node node : list) names.emplace_back(node.str());
    return names;
  }

  void resolve_set_columns() {
    key_.set_columns = columns_named(relation_, names_of(spec_.node.fk_del_set_cols()));
    for (Ref<Column> column : key_.set_columns)
      if (std::find(constraint_.columns.begin(), constraint_.columns.end(), column) == constraint_.columns.end())
        throw SqlError("42P10", "column " + quoted(catalog_.get(column).name) +
                                    " referenced in ON DELETE SET action must be part of foreign key");
  }

  void find_referenced_columns() {
    if (spec_.node.pk_attrs().empty()) {
      const Index* primary = primary_key_of(catalog_, referenced_->oid);
      if (primary && catalog_.get(primary->constraint).deferrable)
        throw SqlError("55000", "cannot use a deferrable primary key for referenced table " + quoted(referenced_->name));
      if (!primary)
        throw SqlError("42704", "there is no primary key for referenced table " + quoted(referenced_->name));
      index_ = primary;
      key_.columns = key_columns(*primary);
    } else {
      key_.columns = columns_named(referenced_->oid, names_of(spec_.node.pk_attrs()));
      find_unique_index();
    }
    key_.index = AnyRef{Kind::index, index_->oid};
  }

  void find_unique_index() {
    for (std::size_t at = 0; at < key_.columns.size(); ++at)
      for (std::size_t other = at + 1; other < key_.columns.size(); ++other)
        if (key_.columns[at] == key_.columns[other])
          throw SqlError("42830", "foreign key referenced-columns list must not contain duplicates");
    bool found_deferrable = false;
    for (const Index* index : catalog_.children_of<Index>(referenced_->oid)) {
      if (!matches(*index)) continue;
      const auto* constraint = catalog_.find_as<Constraint>(index->constraint.oid);
      if (constraint && constraint->deferrable) {
        found_deferrable = true;
        continue;
      }
      index_ = index;
      return;
    }
    if (found_deferrable)
      throw SqlError("55000", "cannot use a deferrable unique constraint for referenced table " +
                                  quoted(referenced_->name));
    throw SqlError("42830", "there is no unique constraint matching given keys for referenced table " +
                                quoted(referenced_->name));
  }

  /// A plain unique index over just these columns, in any order.
  bool matches(const Index& index) const {
    if (!index.unique || !index.valid || !index.predicate.empty() || index.columns.size() != key_.columns.size())
      return false;
    return std::all_of(key_.columns.begin(), key_.columns.end(), [&](Ref<Column> column) {
      return std::any_of(index.columns.begin(), index.columns.end(),
                         [&](const catalog::IndexColumn& part) { return part.column == column; });
    });
  }

  void check_generated_columns() const {
    for (Ref<Column> ref : constraint_.columns) {
      const Column& column = catalog_.get(ref);
      if (column.generated == Generated::none) continue;
      if (column.generated == Generated::virtual_)
        throw SqlError("0A000", "foreign key constraints on virtual generated columns are not supported");
      const auto is_set = [](ForeignKeyAction action) {
        return action == ForeignKeyAction::set_null || action == ForeignKeyAction::set_default;
      };
      const auto refuse = [](const char* clause) {
        throw SqlError("42601", std::string("invalid ") + clause +
                                    " action for foreign key constraint containing generated column");
      };
      if (is_set(key_.on_update) || key_.on_update == ForeignKeyAction::cascade) refuse("ON UPDATE");
      if (is_set(key_.on_delete)) refuse("ON DELETE");
    }
  }

  Interpreter& interpreter_;
  const Catalog& catalog_;
  Oid relation_;
  const ForeignKeySpec& spec_;
  Constraint constraint_;
  ForeignKey key_;
  const Table* referenced_ = nullptr;
  const Index* index_ = nullptr;
};

/// A column of a foreign key, and the one that it refers to.
struct KeyColumns {
  const Column& foreign;
  const Column& primary;
};

/// There must be an equality operator between the two columns in the referenced index's family.
void check_types(Interpreter& interpreter, const Constraint& constraint, const KeyColumns& columns,
                 const Index& index) {
  const analyze::Syscache& cache = interpreter.cache();
  const auto& [foreign, primary] = columns;
  const auto part =
      std::find_if(index.columns.begin(), index.columns.end(),
                   [oid = primary.oid](const catalog::IndexColumn& column) { return column.column.oid == oid; });
  const analyze::OpclassRow opclass = *cache.opclass(part->operator_class.oid);
  const Oid foreign_type = analyze::base_type(cache, foreign.type.type);
  if (cache.family_operator(opclass.family, opclass.input_type, foreign_type, analyze::btree_equal) != invalid_oid &&
      cache.family_operator(opclass.family, foreign_type, foreign_type, analyze::btree_equal) != invalid_oid)
    return;
  const Oid inputs[] = {primary.type.type, foreign.type.type};
  const Oid targets[] = {opclass.input_type, opclass.input_type};
  if (analyze::can_coerce_type(cache, inputs, targets, analyze::CoercionContext::implicit)) return;
  throw SqlError("42804", "foreign key constraint " + quoted(constraint.name) + " cannot be implemented",
                 "Key columns " + quoted(foreign.name) + " and " + quoted(primary.name) +
                     " are of incompatible types: " + type_name(interpreter, foreign.type.type) + " and " +
                     type_name(interpreter, primary.type.type) + ".");
}

/// Equal must mean the same to both columns (ATAddForeignKeyConstraint, since 18).
void check_collations(Interpreter& interpreter, const Constraint& constraint, const KeyColumns& columns) {
  const Oid foreign = columns.foreign.collation.oid, primary = columns.primary.collation.oid;
  if ((foreign == invalid_oid) != (primary == invalid_oid))
    throw SqlError("XX000", "key columns are not both collatable");
  if (foreign == primary) return;
  const auto of_foreign = interpreter.cache().collation(foreign), of_primary = interpreter.cache().collation(primary);
  if (of_foreign->deterministic && of_primary->deterministic) return;
  throw SqlError("42P21", "foreign key constraint " + quoted(constraint.name) + " cannot be implemented",
                 "Key columns " + quoted(columns.foreign.name) + " of the referencing table and " +
                     quoted(columns.primary.name) + " of the referenced table have incompatible collations: " +
                     quoted(of_foreign->name) + " and " + quoted(of_primary->name) +
                     ".  If either collation is nondeterministic, then both collations have to be the same.");
}

bool holds_rows(const Catalog& catalog, Oid relation) {
  if (!is_partitioned(catalog, relation)) return catalog.find_as<Table>(relation) != nullptr;
  const std::vector<Oid> partitions = partitions_of(catalog, relation);
  return std::any_of(partitions.begin(), partitions.end(), [&](Oid partition) { return holds_rows(catalog, partition); });
}

}  // namespace

void check_validation_query(Interpreter& interpreter, Ref<Constraint> ref) {
  const Catalog& catalog = interpreter.catalog();
  const Constraint& constraint = catalog.get(ref);
  if (!holds_rows(catalog, constraint.parent.oid)) return;
  const analyze::Syscache& cache = interpreter.cache();
  const auto loses_type = [&](const Column& column) {
    return column.type.typmod >= 0 && analyze::element_type(cache, column.type.type) != invalid_oid;
  };
  for (std::size_t at = 0; at < constraint.columns.size(); ++at) {
    const Column& foreign = catalog.get(constraint.columns[at]);
    const Column& primary = catalog.get(constraint.foreign_key->columns[at]);
    if (loses_type(foreign) && loses_type(primary))
      throw SqlError("42804", "cannot determine element type of \"anyarray\" argument");
    if (loses_type(foreign) || loses_type(primary))
      throw SqlError("42883", "operator does not exist: " +
                                  (loses_type(primary) ? "anyarray" : type_name(interpreter, primary.type.type)) +
                                  " pg_catalog.= " +
                                  (loses_type(foreign) ? "anyarray" : type_name(interpreter, foreign.type.type)));
  }
}

void check_foreign_key_types(Interpreter& interpreter, const Constraint& constraint) {
  const Catalog& catalog = interpreter.catalog();
  const auto* index = catalog.find_as<Index>(constraint.foreign_key->index.oid);
  if (!index) return;
  for (std::size_t at = 0; at < constraint.columns.size(); ++at) {
    const KeyColumns columns{catalog.get(constraint.columns[at]), catalog.get(constraint.foreign_key->columns[at])};
    check_types(interpreter, constraint, columns, *index);
    if (interpreter.major() >= 18) check_collations(interpreter, constraint, columns);
  }
}

Ref<Constraint> add_foreign_key(Interpreter& interpreter, Oid relation, const ForeignKeySpec& spec, bool recurse) {
  const Constraint constraint = ForeignKeyDefinition(interpreter, relation, spec).build(recurse);
  const Ref<Constraint> created = interpreter.catalog().insert(constraint);
  clone_over_referenced(interpreter, created);
  clone_over_referencing(interpreter, created);
  return created;
}

std::vector<const Constraint*> foreign_keys_to(const catalog::Catalog& catalog, Oid table) {
  std::vector<const Constraint*> keys;
  for (const catalog::Dependent& dependent : catalog.dependents(table)) {
    const auto* constraint = catalog.find_as<Constraint>(dependent.oid);
    if (constraint && constraint->foreign_key && constraint->foreign_key->table.oid == table) keys.push_back(constraint);
  }
  std::sort(keys.begin(), keys.end(), [](const Constraint* a, const Constraint* b) { return a->oid < b->oid; });
  return keys;
}

}  // namespace pgplumb::engine::ddl
