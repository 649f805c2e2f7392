// LIKE: transformTableLikeClause and expandTableLikeClause of parser/parse_utilcmd.c.
#include "catalog/kinds/statistics.h"

#include <algorithm>

#include "catalog/type_oids.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/check_constraint.h"
#include "engine/ddl/create_table.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/names.h"
#include "engine/ddl/not_null.h"
#include "engine/ddl/object_description.h"
#include "engine/ddl/sequence.h"
#include "engine/ddl/table_columns.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Statistics;

/// TableLikeOption of nodes/parsenodes.h.
enum LikeOption : std::uint32_t {
  like_comments = 1 << 0,
  like_compression = 1 << 1,
  like_constraints = 1 << 2,
  like_defaults = 1 << 3,
  like_generated = 1 << 4,
  like_identity = 1 << 5,
  like_indexes = 1 << 6,
  like_statistics = 1 << 7,
  like_storage = 1 << 8,
};

void require_like_source(const Interpreter& interpreter, const Object& source) {
  switch (source.kind) {
    case Kind::table:
    case Kind::view:
    case Kind::materialized_view:
    case Kind::composite_type:
    case Kind::foreign_table:
      return;
    default:
      if (interpreter.major() >= 15)
        throw SqlError("42809", "relation \"" + source.name.str() + "\" is invalid in LIKE clause",
                       not_supported_for(source));
      throw SqlError("42809", "\"" + source.name.str() +
                                  "\" is not a table, view, materialized view, composite type, or foreign table");
  }
}

/// A sequence with the same options as the source column's, but for its type: sequence_options of commands/sequence.c
/// does not give it.
Ref<catalog::Sequence> copy_identity_sequence(Interpreter& interpreter, const ElementContext& context,
                                              const Column& column) {
  catalog::Catalog& catalog = interpreter.catalog();
  catalog::Sequence copy = *identity_sequence(catalog, column.oid);
  copy.name = choose_relation_name(catalog, context.table.view(), column.name.view(), "seq", context.schema, false);
  copy.parent = Ref<catalog::Schema>{context.schema};
  copy.owner = context.owner;
  copy.persistence = sequence_persistence(interpreter, context.persistence);
  copy.comment.clear();
  copy.owned_by = {};
  copy.type = {catalog::types::int8, -1};  // the one option that is not copied (sequence_options of commands/sequence.c)
  const Ref<catalog::Sequence> made = catalog.insert(std::move(copy));
  grant_defaults(interpreter, made.oid);
  return made;
}

class LikeExpander {
 public:
  LikeExpander(Interpreter& interpreter, Oid relation, const LikeSpec& like)
      : interpreter_(interpreter), catalog_(interpreter.catalog()), relation_(relation), like_(like) {}

  void run() {
    if (like_.options & (like_defaults | like_generated)) copy_defaults();
    if (like_.options & like_constraints) copy_checks();
    if (like_.options & like_indexes) copy_indexes();
    if (like_.options & like_statistics) copy_statistics();
  }

 private:
  bool with_comments() const { return like_.options & like_comments; }

  void refuse_whole_row(const std::string& what) const {
    throw SqlError("0A000", "cannot convert whole-row table reference",
                   what + " contains a whole-row reference to table \"" + catalog_.find(like_.source)->name.str() + "\".");
  }

  /// A generated column needs the expression that it inherited: ATExecCookedColumnDefault would drop that.
  void refuse_second_generation(const Column& target) const {
    const auto* inherited = default_of(catalog_, target.oid);
    if (!inherited || target.generated == Generated::none) return;
    const analyze::Syscache& cache = cache_of(interpreter_);
    const std::string column = describe_object(cache, target);
    throw SqlError("2BP01", "cannot drop " + describe_object(cache, *inherited) + " because " + column + " requires it", {},
                   "You can drop " + column + " instead.");
  }

  void copy_defaults() {
    for (const Column* column : columns_of(catalog_, like_.source)) {
      const auto* known = default_of(catalog_, column->oid);
      const bool generated = column->generated != Generated::none;
      if (!known || !(like_.options & (generated ? like_generated : like_defaults))) continue;
      Expr expression = map_columns(catalog_, known->expression, like_.source, relation_, [&] {
        refuse_whole_row("Generation expression for column \"" + column->name.str() + "\"");
      });
      const Column* target = find_column(catalog_, relation_, column->name);
      refuse_second_generation(*target);
      set_column_default(catalog_, Ref<Column>{target->oid}, std::move(expression));
    }
  }

  void copy_checks() {
    for (const Constraint* constraint : catalog_.children_of<Constraint>(like_.source)) {
      if (constraint->type != catalog::ConstraintType::check) continue;
      CheckSpec check;
      check.name = constraint->name;
      check.cooked = map_columns(catalog_, constraint->expression, like_.source, relation_,
                                 [&] { refuse_whole_row("Constraint \"" + constraint->name.str() + "\""); });
      check.no_inherit = constraint->no_inherit;
      check.enforced = constraint->enforced;
      add_check_constraints(interpreter_, relation_, {check}, {});
      if (!with_comments() || constraint->comment.empty()) continue;
      // It may be one that the table inherits as well.
      const auto* copy = catalog_.find_named<Constraint>(relation_, check.name);
      catalog_.edit(Ref<Constraint>{copy->oid}).set<&Object::comment>(constraint->comment);
    }
  }

  void copy_indexes() {
    std::vector<Index> sources;
    for (const Index* index : catalog_.children_of<Index>(like_.source)) sources.push_back(*index);
    for (const Index& source : sources) {
      IndexSpec spec = clone_index(interpreter_, source, relation_);
      if (with_comments()) spec.comment = source.comment;
      DefineIndex how;
      how.is_alter_table = true;
      define_index(interpreter_, relation_, spec, how);
    }
  }

  void copy_statistics() {
    std::vector<Statistics> sources;
    for (const catalog::Dependent& dependent : catalog_.dependents(like_.source))
      if (const auto* statistics = catalog_.find_as<Statistics>(dependent.oid);
          statistics && statistics->table.oid == like_.source)
        sources.push_back(*statistics);
    for (Statistics& source : sources) copy_statistics(source);
  }

  void copy_statistics(Statistics source) {
    const Object& table = *catalog_.find(relation_);
    std::vector<Name> names;
    // The columns are stored, and so named, in the order that they have in their table.
    std::sort(source.columns.begin(), source.columns.end(), [this](Ref<Column> a, Ref<Column> b) {
      return catalog_.get(a).number < catalog_.get(b).number;
    });
    for (Ref<Column>& column : source.columns) {
      names.push_back(catalog_.get(column).name);
      column = Ref<Column>{find_column(catalog_, relation_, names.back())->oid};
    }
    for (Expr& expression : source.expressions) {
      names.emplace_back("expr");
      expression = map_columns(catalog_, expression, like_.source, relation_, [] {});
    }
    source.table = AnyRef{table.kind, relation_};
    source.parent = table.parent;
    source.name = choose_statistics_name(catalog_, table.name.view(), names, table.parent.oid);
    source.owner = table.owner;
    source.target = -1;
    if (!with_comments()) source.comment.clear();
    catalog_.insert(std::move(source));
  }

  Interpreter& interpreter_;
  Catalog& catalog_;
  Oid relation_;
  const LikeSpec& like_;
};

}  // namespace

void ElementTransformer::add_like(ast::TableLikeClause clause) {
  if (context_.is_foreign) throw SqlError("0A000", "LIKE is not supported for creating foreign tables");
  const Object& source = require_relation(interpreter_, clause.relation());
  require_like_source(interpreter_, source);
  LikeSpec like{source.oid, clause.options()};
  like_columns(source, like);
  elements_.likes.push_back(like);
}

void ElementTransformer::like_columns(const Object& source, const LikeSpec& like) {
  for (const Column* column : columns_of(interpreter_.catalog(), source.oid)) {
    ColumnSpec spec = column_like(*column);
    spec.not_null = column->not_null;
    if (!(like.options & like_storage)) spec.storage.reset();
    if (!(like.options & like_compression)) spec.compression.clear();
    if ((like.options & like_generated) && column->generated != Generated::none) spec.generated = column->generated;
    if ((like.options & like_identity) && column->identity != Identity::none) {
      spec.sequence = copy_identity_sequence(interpreter_, context_, *column);
      spec.identity = column->identity;
    }
    if (like.options & like_comments) spec.comment = column->comment;
    if (const Constraint* constraint = not_null_constraint(interpreter_.catalog(), column->oid)) {
      elements_.not_nulls.push_back(inherited_not_null(interpreter_.catalog(), *constraint));
      elements_.not_nulls.back().no_inherit = constraint->no_inherit;
    }
    elements_.columns.push_back(std::move(spec));
  }
}

void expand_like(Interpreter& interpreter, Oid relation, const LikeSpec& like) {
  LikeExpander(interpreter, relation, like).run();
}

}  // namespace pgplumb::engine::ddl
