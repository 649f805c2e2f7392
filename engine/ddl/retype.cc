#include "engine/ddl/retype.h"

#include <algorithm>

#include "catalog/kinds/column_default.h"
#include "catalog/kinds/policy.h"
#include "catalog/kinds/publication_table.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/statistics.h"
#include "catalog/kinds/trigger.h"
#include "catalog/kinds/view.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_oper.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/foreign_key.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/names.h"
#include "engine/ddl/opclass.h"
#include "engine/ddl/rename.h"
#include "engine/ddl/reparse.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Statistics;

[[noreturn]] void refuse_retype(Interpreter& interpreter, const Object& user, const Column& column, const char* what) {
  throw SqlError("0A000", std::string("cannot alter type of a column used by ") + what,
                 describe(interpreter, user) + " depends on column \"" + column.name.str() + "\"");
}

/// What can't be made anew from its text.
void refuse_user(Interpreter& interpreter, const Object& user, const Column& column) {
  const bool fourteen = interpreter.major() >= 14;
  switch (user.kind) {
    case Kind::view:
    case Kind::materialized_view:
      throw SqlError("0A000", "cannot alter type of a column used by a view or rule",
                     "rule _RETURN on " + describe(interpreter, user) + " depends on column \"" + column.name.str() + "\"");
    case Kind::rule:
      refuse_retype(interpreter, user, column, "a view or rule");
    case Kind::trigger:
      throw SqlError("0A000", "cannot alter type of a column used in a trigger definition",
                     describe(interpreter, user) + " depends on column \"" + column.name.str() + "\"");
    case Kind::policy:
      throw SqlError("0A000", "cannot alter type of a column used in a policy definition",
                     describe(interpreter, user) + " depends on column \"" + column.name.str() + "\"");
    case Kind::function:
    case Kind::procedure:
      refuse_retype(interpreter, user, column, fourteen ? "a function or procedure" : "a function");
    case Kind::publication_table:
      refuse_retype(interpreter, user, column, "a publication WHERE clause");
    case Kind::column_default: {
      const auto* generated = interpreter.catalog().find_as<Column>(user.parent.oid);
      // Before 15 the column itself hangs on the other one, which only plain tables were expected to have.
      if (interpreter.major() < 15 && generated && is_partitioned(interpreter.catalog(), generated->parent.oid))
        throw SqlError("XX000", "unexpected object depending on column: " + describe(interpreter, *generated));
      throw SqlError(interpreter.major() >= 15 ? "0A000" : "42601",
                     "cannot alter type of a column used by a generated column",
                     "Column \"" + column.name.str() + "\" is used by generated column \"" +
                         (generated ? generated->name.str() : std::string()) + "\".");
    }
    default:
      break;
  }
}

/// A trigger that only lies on the column's table is no matter; nor is what has the column as a part.
bool reads_column(const Object& user, Oid column) {
  for (const catalog::Dependent& reference : catalog::references_of(user))
    if (reference.oid == column) return true;
  return false;
}

std::string text_of(Interpreter& interpreter, const Expr& expression, Oid relation) {
  return expression.empty() ? std::string() : print_for_reparse(interpreter, expression, relation);
}

std::vector<std::string> texts_of(Interpreter& interpreter, const Object& object) {
  std::vector<std::string> texts;
  const Catalog& catalog = interpreter.catalog();
  if (const auto* constraint = catalog.find_as<Constraint>(object.oid)) {
    texts.push_back(text_of(interpreter, constraint->expression, object.parent.oid));
  } else if (const auto* index = catalog.find_as<Index>(object.oid)) {
    texts.push_back(text_of(interpreter, index->predicate, object.parent.oid));
    for (const catalog::IndexColumn& column : index->columns)
      texts.push_back(text_of(interpreter, column.expression, object.parent.oid));
  } else if (const auto* statistics = catalog.find_as<Statistics>(object.oid)) {
    for (const Expr& expression : statistics->expressions)
      texts.push_back(text_of(interpreter, expression, statistics->table.oid));
  }
  return texts;
}

AnyRef own_collation(const Catalog& catalog, const catalog::IndexColumn& column) {
  if (column.column) return catalog.get(column.column).collation;
  return collation_ref(catalog::expr::collation_of(*column.expression.tree));
}

/// pg_get_indexdef prints these, and no others.
std::vector<AnyRef> explicit_collations(const Catalog& catalog, const Object& object) {
  std::vector<AnyRef> collations;
  const auto* index = catalog.find_as<Index>(object.oid);
  if (!index) return collations;
  for (const catalog::IndexColumn& column : index->columns)
    collations.push_back(column.collation && column.collation != own_collation(catalog, column) ? column.collation : AnyRef());
  return collations;
}

/// The operator class and collation that an index column gets when its type is new: what was the type's own stays the
/// type's own (pg_get_indexdef prints neither), and `given_collation` stays, if there is one.
void retype_index_column(Interpreter& interpreter, catalog::IndexColumn& column, const IndexMethod& method, TypeRef type,
                         AnyRef given_collation) {
  const analyze::OpclassRow old = *interpreter.cache().opclass(column.operator_class.oid);
  const auto usual = default_operator_class(interpreter.cache(), type.type, method.oid);
  if (old.is_default) {
    if (!usual)
      throw SqlError("42704",
                     "data type " + type_name(interpreter, type.type) +
                         " has no default operator class for access method \"" + method.name + "\"",
                     {},
                     "You must specify an operator class for the index or define a default operator class for the data "
                     "type.");
    column.operator_class = AnyRef{Kind::operator_class, usual->oid};
  } else if (!analyze::is_binary_coercible(interpreter.cache(), type.type, old.input_type)) {
    throw SqlError("42804", "operator class \"" + std::string(old.name) + "\" does not accept data type " +
                                type_name(interpreter, type.type));
  }
  const AnyRef own = own_collation(interpreter.catalog(), column);
  if (given_collation && !own)
    throw SqlError("42804", "collations are not supported by type " + type_name(interpreter, type.type));
  column.collation = given_collation ? given_collation : own;
}

/// The predicate, then an expression for each column that is one.
std::vector<Expr> index_expressions(Interpreter& interpreter, Oid relation, const std::vector<std::string>& texts) {
  std::vector<Expr> expressions(texts.size());
  for (std::size_t at = 0; at < texts.size(); ++at) {
    if (texts[at].empty()) continue;
    expressions[at] = at == 0 ? reparse_predicate(interpreter, texts[at], relation)
                              : reparse_index_expression(interpreter, texts[at], relation);
  }
  return expressions;
}

/// A cast to the type that the column has now is gone: what is left is the column.
void set_key(catalog::IndexColumn& column, const Expr& expression) {
  const auto* variable = catalog::expr::as<catalog::expr::Var>(catalog::expr::NodePtr(expression.tree));
  if (variable && variable->attribute > 0) {
    column.column = Ref<Column>{variable->column};
    column.expression = {};
  } else {
    column.expression = expression;
  }
}

/// The columns of an index that is made anew are named after those of the table (ChooseIndexColumnNames).
void rename_columns(const Catalog& catalog, Index& index) {
  std::vector<Name> used;
  const auto is_used = [&](Name name) { return std::find(used.begin(), used.end(), name) != used.end(); };
  for (auto* part : {&index.columns, &index.included})
    for (catalog::IndexColumn& column : *part) {
      const Name wanted = column.column ? catalog.get(column.column).name : column.name;
      Name name = wanted;
      for (int number = 1; is_used(name); ++number) name = Name(wanted.str() + std::to_string(number));
      column.name = name;
      used.push_back(name);
    }
}

void rebuild_index(Interpreter& interpreter, Ref<Index> ref, const std::vector<Expr>& expressions,
                   const std::vector<AnyRef>& collations) {
  Catalog& catalog = interpreter.catalog();
  Index index = catalog.get(ref);
  const IndexMethod method = index_method(interpreter, index.method.oid);
  if (!expressions[0].empty()) {
    require_immutable(interpreter, expressions[0], "index predicate");
    index.predicate = expressions[0];
  }
  for (std::size_t at = 0; at < index.columns.size(); ++at) {
    catalog::IndexColumn& column = index.columns[at];
    column.statistics = -1;  // it is made anew
    if (column.column) {
      retype_index_column(interpreter, column, method, catalog.get(column.column).type, collations[at]);
    } else if (!expressions[at + 1].empty()) {
      require_immutable(interpreter, expressions[at + 1], "index expression");
      const TypeRef type{catalog::expr::type_of(*expressions[at + 1].tree), -1};
      set_key(column, expressions[at + 1]);
      retype_index_column(interpreter, column, method, type, collations[at]);
    }
  }
  rename_columns(catalog, index);
  catalog.edit(ref)
      .set<&Index::columns>(index.columns)
      .set<&Index::included>(index.included)
      .set<&Index::predicate>(index.predicate);
}

IndexNaming naming_of(const Catalog& catalog, const Index& index) {
  switch (catalog.get(index.constraint).type) {
    case catalog::ConstraintType::primary_key:
      return IndexNaming::primary_key;
    case catalog::ConstraintType::exclusion:
      return IndexNaming::exclusion;
    default:
      return IndexNaming::unique_constraint;
  }
}

void choose_name_anew(Interpreter& interpreter, Oid oid) {
  const Catalog& catalog = interpreter.catalog();
  const Index& index = catalog.get(Ref<Index>{oid});
  std::vector<Name> columns;
  for (const auto* part : {&index.columns, &index.included})
    for (const catalog::IndexColumn& column : *part)
      columns.push_back(column.column ? catalog.get(column.column).name : Name("expr"));
  const Object& table = *catalog.find(index.parent.oid);
  rename_relation_to(
      interpreter, oid,
      choose_index_name(catalog, table.name.view(), table.parent.oid, columns, naming_of(catalog, index)));
}

/// With a constraint of a partitioned table, those of its partitions are dropped and made anew, which have no names or
/// comments that anybody gave them.
void renew_keys_of_partitions(Interpreter& interpreter, Oid index) {
  Catalog& catalog = interpreter.catalog();
  std::vector<Oid> parts = all_inheritors(catalog, index);
  parts.erase(parts.begin());
  for (Oid part : parts)
    for (Oid object : {part, catalog.get(Ref<Index>{part}).constraint.oid})
      catalog.edit_any(object)
          .set<&Object::name>(Name("dropped " + std::to_string(part)))
          .set<&Object::comment>(std::string());
  for (Oid part : parts) choose_name_anew(interpreter, part);
}

/// The operators of an exclusion constraint by their names, for the types that its index has now.
void retype_exclusion(Interpreter& interpreter, Ref<Constraint> ref) {
  Catalog& catalog = interpreter.catalog();
  const analyze::Syscache cache = interpreter.cache();
  std::vector<AnyRef> operators = catalog.get(ref).operators;
  const Index& index = catalog.get(catalog.get(ref).index);
  for (std::size_t at = 0; at < operators.size(); ++at) {
    const catalog::IndexColumn& column = index.columns.at(at);
    const Oid type = column.column ? catalog.get(column.column).type.type : catalog::expr::type_of(*column.expression.tree);
    const analyze::OperatorRow& known = *cache.op(operators[at].oid);
    const std::string schema = schema_name(interpreter, known.schema);
    operators[at].oid = analyze::compatible_operator(cache, {schema, known.name}, type, type, false, -1)->oid;
  }
  catalog.edit(ref).set<&Constraint::operators>(std::move(operators));
}

/// A constraint that is made anew has new triggers.
void renew_triggers(Catalog& catalog, Ref<Constraint> ref) {
  const Constraint& constraint = catalog.get(ref);
  if (constraint.triggers_disabled || constraint.actions_disabled)
    catalog.edit(ref).set<&Constraint::triggers_disabled>(false).set<&Constraint::actions_disabled>(false);
}

}  // namespace

void Rebuild::add(Interpreter& interpreter, Oid object) {
  for (const Item& item : items_)
    if (item.object == object) return;
  const Object& known = *interpreter.catalog().find(object);
  items_.push_back({object, texts_of(interpreter, known), explicit_collations(interpreter.catalog(), known), {}});
}

void Rebuild::remember(Interpreter& interpreter, const Column& column) {
  const Catalog& catalog = interpreter.catalog();
  std::vector<catalog::Dependent> users = catalog.dependents(column.oid);
  std::sort(users.begin(), users.end(), [](const auto& a, const auto& b) { return a.oid < b.oid; });
  for (const catalog::Dependent& user : users) {
    const Object* object = catalog.find(user.oid);
    if (!object || object->parent.oid == column.oid || !reads_column(*object, column.oid)) continue;
    refuse_user(interpreter, *object, column);
    if (object->kind == Kind::constraint || object->kind == Kind::index || object->kind == Kind::statistics)
      add(interpreter, user.oid);
  }
}

void Rebuild::analyze(Interpreter& interpreter) {
  for (Item& item : items_) {
    if (const auto* index = interpreter.catalog().find_as<Index>(item.object)) {
      item.expressions = index_expressions(interpreter, index->parent.oid, item.texts);
    } else if (const auto* statistics = interpreter.catalog().find_as<Statistics>(item.object)) {
      for (const std::string& text : item.texts)
        item.expressions.push_back(reparse_index_expression(interpreter, text, statistics->table.oid));
    }
  }
}

void Rebuild::make_indexes(Interpreter& interpreter) {
  const Catalog& catalog = interpreter.catalog();
  for (const Item& item : items_)
    if (catalog.find_as<Index>(item.object))
      rebuild_index(interpreter, Ref<Index>{item.object}, item.expressions, item.collations);
  for (const Item& item : items_) {
    const auto* constraint = catalog.find_as<Constraint>(item.object);
    if (constraint && !constraint->operators.empty()) retype_exclusion(interpreter, Ref<Constraint>{item.object});
    if (!constraint) continue;
    renew_triggers(interpreter.catalog(), Ref<Constraint>{item.object});
    if (constraint->index && !constraint->partition_of) renew_keys_of_partitions(interpreter, constraint->index.oid);
  }
}

void Rebuild::make_constraints(Interpreter& interpreter) {
  Catalog& catalog = interpreter.catalog();
  for (const Item& item : items_) {
    if (const auto* constraint = catalog.find_as<Constraint>(item.object)) {
      if (constraint->foreign_key) check_foreign_key_types(interpreter, *constraint);
      if (item.texts[0].empty()) continue;
      const auto* domain = catalog.find_as<catalog::Domain>(constraint->parent.oid);
      Expr expression = domain ? reparse_domain_check(interpreter, item.texts[0], *domain)
                               : reparse_check(interpreter, item.texts[0], constraint->parent.oid);
      catalog.edit(Ref<Constraint>{item.object}).set<&Constraint::expression>(std::move(expression));
    } else if (catalog.find_as<Statistics>(item.object)) {
      auto edit = catalog.edit(Ref<Statistics>{item.object});
      edit.set<&Statistics::expressions>(item.expressions);
      if (catalog.major() >= 14) edit.set<&Statistics::target>(-1);  // before, they stayed as they were
    }
  }
}

}  // namespace pgplumb::engine::ddl
