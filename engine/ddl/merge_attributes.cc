// MergeAttributes of commands/tablecmds.c.
#include <algorithm>

#include "catalog/expr_nodes.h"
#include "catalog/kinds/column_default.h"
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/message.h"
#include "engine/ddl/not_null.h"
#include "engine/ddl/table_columns.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Persistence;
using catalog::Table;

constexpr std::size_t max_columns = 1600;

std::string collation_name(const Interpreter& interpreter, AnyRef collation) {
  const auto* row = collation ? interpreter.cache().collation(collation.oid) : nullptr;
  return row ? "\"" + std::string(row->name) + "\"" : "\"\"";
}

const char* storage_word(Storage storage) {
  switch (storage) {
    case Storage::plain:
      return "PLAIN";
    case Storage::external:
      return "EXTERNAL";
    case Storage::extended:
      return "EXTENDED";
    case Storage::main:
      return "MAIN";
  }
  return "";
}

bool same_default(const std::optional<Expr>& a, const std::optional<Expr>& b) {
  return a && b && catalog::expr::NodePtr(a->tree) == catalog::expr::NodePtr(b->tree);
}

class AttributeMerger {
 public:
  AttributeMerger(Interpreter& interpreter, const MergeTarget& target)
      : interpreter_(interpreter), catalog_(interpreter.catalog()), target_(target) {}

  MergedElements run(std::vector<ColumnSpec> own, const std::vector<Oid>& parents) {
    check_own(own);
    for (Oid parent : parents) inherit_from(parent);
    if (target_.is_partition)
      for (ColumnSpec& column : own) apply_partition_options(column);
    else
      for (std::size_t at = 0; at < own.size(); ++at) add_own(std::move(own[at]), at);
    for (const ColumnSpec& column : result_.columns)
      if (column.conflicting_default) refuse_conflicting_default(column);
    if (result_.columns.size() > max_columns)
      throw SqlError("54011", "tables can have at most " + std::to_string(max_columns) + " columns");
    return std::move(result_);
  }

 private:
  /// No column twice; of a typed table, what WITH OPTIONS says joins the type's column.
  void check_own(std::vector<ColumnSpec>& own) {
    if (own.size() > max_columns)
      throw SqlError("54011", "tables can have at most " + std::to_string(max_columns) + " columns");
    for (std::size_t at = 0; at < own.size(); ++at) {
      if (!own[at].from_type && own[at].is_options && !target_.is_partition)
        throw SqlError("42703", "column " + quoted(own[at].name) + " does not exist");
      for (std::size_t other = at + 1; other < own.size(); ++other) {
        if (own[other].name != own[at].name) continue;
        if (!own[at].from_type) refuse_twice(own[at].name);
        merge_options(own[at], own[other]);
        own.erase(own.begin() + static_cast<std::ptrdiff_t>(other--));
      }
    }
  }

  [[noreturn]] static void refuse_twice(Name name) {
    throw SqlError("42701", "column " + quoted(name) + " specified more than once");
  }

  static void merge_options(ColumnSpec& column, ColumnSpec& options) {
    column.not_null |= options.not_null;
    column.raw_default = options.raw_default;
    column.cooked_default = std::move(options.cooked_default);
    column.generated = options.generated;
    column.identity = options.identity;
    column.sequence = options.sequence;
    column.from_type = false;
  }

  void check_parent(const Object& parent) const {
    const auto* table = catalog_.find_as<Table>(parent.oid);
    if (!table && parent.kind != Kind::foreign_table)
      throw SqlError("42809", "inherited relation " + quoted(parent.name) + " is not a table or foreign table");
    if (!target_.is_partition && is_partitioned(catalog_, parent.oid))
      throw SqlError("42809", "cannot inherit from partitioned table " + quoted(parent.name));
    if (!target_.is_partition && is_partition(catalog_, parent.oid))
      throw SqlError("42809", "cannot inherit from partition " + quoted(parent.name));
    const bool temporary = table && table->persistence == Persistence::temporary;
    if (target_.persistence != Persistence::temporary && temporary)
      throw SqlError("42809", (target_.is_partition
                                   ? "cannot create a permanent relation as partition of temporary relation "
                                   : "cannot inherit from temporary relation ") +
                                  quoted(parent.name));
    if (target_.persistence == Persistence::temporary && !temporary && target_.is_partition)
      throw SqlError("42809", "cannot create a temporary relation as partition of permanent relation " +
                                  quoted(parent.name));
  }

  void inherit_from(Oid parent) {
    check_parent(*catalog_.find(parent));
    for (const Column* column : columns_of(catalog_, parent)) inherit_column(*column, parent);
    for (const Constraint* constraint : catalog_.children_of<Constraint>(parent)) {
      if (constraint->type == catalog::ConstraintType::check && !constraint->no_inherit)
        inherit_check(*constraint, parent);
      if (constraint->type == catalog::ConstraintType::not_null && !constraint->no_inherit)
        result_.not_nulls.push_back(inherited_not_null(catalog_, *constraint));
    }
  }

  void inherit_column(const Column& attribute, Oid parent) {
    ColumnSpec* known = find(attribute.name);
    if (known) {
      interpreter_.notice("merging multiple inherited definitions of column " + quoted(attribute.name));
      merge_inherited(*known, attribute);
    } else {
      ColumnSpec column = column_like(attribute);
      column.local = false;
      column.inherited_from = 1;
      column.not_null = attribute.not_null;
      column.generated = attribute.generated;
      // Identity reaches partitions from 17 on.
      if (target_.is_partition && interpreter_.major() >= 17) column.identity = attribute.identity;
      result_.columns.push_back(std::move(column));
    }
    inherit_default(known ? *known : result_.columns.back(), attribute, parent);
  }

  void merge_inherited(ColumnSpec& known, const Column& attribute) {
    require_same_type(known, attribute.type, attribute.collation, "inherited column ");
    if (known.storage && *known.storage != attribute.storage)
      throw SqlError("42804", "inherited column " + quoted(known.name) + " has a storage parameter conflict",
                     std::string(storage_word(*known.storage)) + " versus " + storage_word(attribute.storage));
    if (known.compression.empty())
      known.compression = attribute.compression;
    else if (!attribute.compression.empty() && attribute.compression != known.compression)
      throw SqlError("42804", "column " + quoted(known.name) + " has a compression method conflict",
                     compression_word(known.compression) + " versus " + compression_word(attribute.compression));
    ++known.inherited_from;
    known.not_null |= attribute.not_null;
    if (known.generated != attribute.generated)
      throw SqlError("42804", "inherited column " + quoted(known.name) + " has a generation conflict");
  }

  static std::string compression_word(const std::string& letter) { return letter == "l" ? "lz4" : "pglz"; }

  void require_same_type(const ColumnSpec& known, TypeRef type, AnyRef collation, const std::string& prefix) {
    if (known.type != type)
      throw SqlError("42804", prefix + quoted(known.name) + " has a type conflict",
                     type_name(interpreter_, known.type) + " versus " + type_name(interpreter_, type));
    if (known.collation != collation)
      throw SqlError("42P21", prefix + quoted(known.name) + " has a collation conflict",
                     collation_name(interpreter_, known.collation) + " versus " +
                         collation_name(interpreter_, collation));
  }

  void inherit_default(ColumnSpec& column, const Column& attribute, Oid parent) {
    const catalog::ColumnDefault* found = default_of(catalog_, attribute.oid);
    if (!found) return;
    Expr expression = found->expression;
    // A generation expression reads the parent's columns; the child's own do not exist yet, so it is mapped when stored.
    const bool generated = attribute.generated != Generated::none;
    if (generated && column.default_source == invalid_oid) column.default_source = parent;
    if (!column.cooked_default)
      column.cooked_default = std::move(expression);
    else if (generated ? !same_expression(catalog_, *column.cooked_default, column.default_source, expression, parent)
                       : !same_default(column.cooked_default, expression))
      column.conflicting_default = true;
  }

  void inherit_check(const Constraint& constraint, Oid parent) {
    CheckSpec check = inherited_check(interpreter_, constraint, parent);
    for (CheckSpec& known : result_.checks) {
      if (known.name != check.name) continue;
      if (!same_expression(catalog_, *known.cooked, known.source, *check.cooked, check.source))
        throw SqlError("42710", "check constraint name " + quoted(check.name) +
                                    " appears multiple times but with different expressions");
      ++known.inherited_from;
      return;
    }
    result_.checks.push_back(std::move(check));
  }

  void add_own(ColumnSpec own, std::size_t position) {
    ColumnSpec* known = find(own.name);
    if (!known) {
      result_.columns.push_back(std::move(own));
      return;
    }
    const auto at = static_cast<std::size_t>(known - result_.columns.data());
    if (at == position)
      interpreter_.notice("merging column " + quoted(own.name) + " with inherited definition");
    else
      interpreter_.notice("moving and merging column " + quoted(own.name) + " with inherited definition",
                          "User-specified column moved to the position of the inherited column.");
    require_same_type(*known, own.type, own.collation, "column ");
    merge_own(*known, own);
  }

  void merge_own(ColumnSpec& known, ColumnSpec& own) {
    if (own.storage && known.storage && *known.storage != *own.storage)
      throw SqlError("42804", "column " + quoted(known.name) + " has a storage parameter conflict",
                     std::string(storage_word(*known.storage)) + " versus " + storage_word(*own.storage));
    if (own.storage) known.storage = own.storage;
    known.storage_word = own.storage_word;
    known.compression_word = own.compression_word;
    if (known.compression.empty())
      known.compression = own.compression;
    else if (!own.compression.empty() && own.compression != known.compression)
      throw SqlError("42804", "column " + quoted(known.name) + " has a compression method conflict",
                     compression_word(known.compression) + " versus " + compression_word(own.compression));
    known.identity = own.identity;
    known.sequence = own.sequence;
    known.local = true;
    known.not_null |= own.not_null;
    known.location = own.location;
    known.comment = own.comment;
    check_generation(known, own);
    if (known.generated == Generated::none) known.generated = own.generated;
    override_default(known, own);
  }

  void check_generation(const ColumnSpec& known, const ColumnSpec& own) const {
    const std::string column = "column " + quoted(known.name);
    if (known.generated != Generated::none) {
      // Before 16, a partition's default took the place of the parent's expression.
      const bool default_replaces = target_.is_partition && interpreter_.major() < 16;
      if (own.generated == Generated::none && (own.raw_default || own.cooked_default) && !default_replaces)
        throw SqlError("42611", column + " inherits from generated column but specifies default");
      if (own.identity != Identity::none)
        throw SqlError("42611", column + " inherits from generated column but specifies identity");
    }
    // From 16 on, a child's column is generated just where its parent's is; before, just where that is not.
    const bool allowed = (known.generated != Generated::none) == (interpreter_.major() >= 16);
    if (own.generated != Generated::none && !allowed) {
      if (target_.is_partition && interpreter_.major() < 16) return;
      throw SqlError("42611", "child " + column + " specifies generation expression", {},
                     interpreter_.major() >= 16
                         ? ""
                         : "Omit the generation expression in the definition of the child table column to inherit the "
                           "generation expression from the parent table.");
    }
  }

  static void override_default(ColumnSpec& known, ColumnSpec& own) {
    if (!own.raw_default && !own.cooked_default) return;
    known.raw_default = own.raw_default;
    known.cooked_default = std::move(own.cooked_default);
    known.default_source = invalid_oid;
    known.conflicting_default = false;
  }

  /// PARTITION OF … (column WITH OPTIONS …)
  void apply_partition_options(ColumnSpec& own) {
    ColumnSpec* known = find(own.name);
    if (!known) throw SqlError("42703", "column " + quoted(own.name) + " does not exist");
    known->not_null |= own.not_null;
    check_generation(*known, own);
    if (known->generated == Generated::none) known->generated = own.generated;
    if (own.identity != Identity::none) {
      known->identity = own.identity;
      known->sequence = own.sequence;
    }
    override_default(*known, own);
  }

  [[noreturn]] static void refuse_conflicting_default(const ColumnSpec& column) {
    if (column.generated != Generated::none)
      throw SqlError("42611", "column " + quoted(column.name) + " inherits conflicting generation expressions", {},
                     "To resolve the conflict, specify a generation expression explicitly.");
    throw SqlError("42611", "column " + quoted(column.name) + " inherits conflicting default values", {},
                   "To resolve the conflict, specify a default explicitly.");
  }

  ColumnSpec* find(Name name) {
    for (ColumnSpec& column : result_.columns)
      if (column.name == name) return &column;
    return nullptr;
  }

  Interpreter& interpreter_;
  const Catalog& catalog_;
  const MergeTarget& target_;
  MergedElements result_;
};

}  // namespace

MergedElements merge_attributes(Interpreter& interpreter, std::vector<ColumnSpec> columns,
                                const std::vector<Oid>& parents, const MergeTarget& target) {
  return AttributeMerger(interpreter, target).run(std::move(columns), parents);
}

CheckSpec inherited_check(const Interpreter& interpreter, const Constraint& constraint, Oid parent) {
  if (uses_whole_row(constraint.expression))
    throw SqlError("0A000", "cannot convert whole-row table reference",
                   "Constraint \"" + constraint.name.str() + "\" contains a whole-row reference to table \"" +
                       interpreter.catalog().find(parent)->name.str() + "\".");
  CheckSpec check;
  check.name = constraint.name;
  check.cooked = constraint.expression;
  check.source = parent;
  check.enforced = constraint.enforced;
  check.validated = constraint.enforced;
  check.local = false;
  check.inherited_from = 1;
  return check;
}

}  // namespace pgplumb::engine::ddl
