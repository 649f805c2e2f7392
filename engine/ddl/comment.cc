// COMMENT ON everything: commands/comment.c; SECURITY LABEL: commands/seclabel.c.
#include "catalog/kinds/cast.h"
#include "catalog/kinds/security_label.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

/// Columns of indexes and sequences take neither comments nor labels.
void check_column(const Interpreter& interpreter, const Object& column, std::string_view what) {
  const Object& relation = *interpreter.catalog().find(column.parent.oid);
  if (relation.kind != Kind::index && relation.kind != Kind::sequence) return;
  throw SqlError(
      "42809", "cannot set " + std::string(what) + " on relation \"" + relation.name.str() + "\"",
      std::string("This operation is not supported for ") + (relation.kind == Kind::index ? "indexes." : "sequences."));
}

/// The relation whose column is commented on; null where there is none.
const Object* commented_relation(const Interpreter& interpreter, ast::List<ast::Node> names) {
  if (names.size() < 2) return nullptr;
  const QualifiedName relation = names.size() == 2
                                     ? QualifiedName{{}, names[0].str()}
                                     : QualifiedName{names[names.size() - 3].str(), names[names.size() - 2].str()};
  return interpreter.catalog().find(find_relation(interpreter, relation));
}

// An index has no Column objects of its own, so the relation has to be looked at before the column.
void check_commented_relation(const Object& relation) {
  if (relation.kind != Kind::index) return;
  throw SqlError("42809", "cannot set comment on relation \"" + relation.name.str() + "\"",
                 "This operation is not supported for indexes.");
}

/// A type's comment is the type's: not the table's that brings it, nor the element's of an array.
bool is_type_of_its_own(ObjectType type, const Address& address) {
  if (type != ObjectType::OBJECT_TYPE && type != ObjectType::OBJECT_DOMAIN) return true;
  return form_of_type(address.oid) == TypeForm::plain && kind_info(address.kind).traits.is_type;
}

void require_comment_owner(const Interpreter& interpreter, const Object& object) {
  if (object.kind == Kind::cast) return require_cast_owner(interpreter, static_cast<const Cast&>(object));
  const bool has_no_owner = object.kind == Kind::access_method || object.kind == Kind::text_search_parser ||
                            object.kind == Kind::text_search_template;
  if (has_no_owner) return require_superuser(interpreter, "must be superuser");
  if (object.kind != Kind::role && object.kind != Kind::transform) require_owner(interpreter, object);
}

bool is_loaded(const Interpreter& interpreter, std::string_view provider) {
  for (const char* parameter : {"shared_preload_libraries", "session_preload_libraries"})
    if (interpreter.session().parameter(parameter).value_or("").find(provider) != std::string::npos) return true;
  return interpreter.catalog().find_named(Kind::extension, invalid_oid, Name(provider)) != nullptr;
}

}  // namespace

void comment(Interpreter& interpreter, ast::CommentStmt statement) {
  const ObjectType type = statement.objtype();
  // Neither is part of a database's schema.
  if (type == ObjectType::OBJECT_DATABASE || type == ObjectType::OBJECT_LARGEOBJECT) return;
  if (type == ObjectType::OBJECT_COLUMN) {
    const ast::List<ast::Node> names = statement.object().items();
    if (const Object* relation = commented_relation(interpreter, names)) {
      check_commented_relation(*relation);
      if (is_system_column(*relation, names.back().str())) return require_owner(interpreter, *relation);
    }
  }
  const Address address = find_address(interpreter, type, statement.object());
  if (type == ObjectType::OBJECT_COLUMN && address.object) check_column(interpreter, *address.object, "comment");
  // Comments on what is built in are not part of the schema either.
  if (!address.object || !is_type_of_its_own(type, address)) return;
  require_comment_owner(interpreter, *address.object);
  interpreter.catalog().edit_any(address.object->oid).set<&Object::comment>(std::string(statement.comment()));
}

void security_label(Interpreter& interpreter, ast::SecLabelStmt statement) {
  const std::string provider(statement.provider());
  if (provider.empty()) throw SqlError("22023", "no security label providers have been loaded");
  if (!is_loaded(interpreter, provider))
    throw SqlError("22023", "security label provider \"" + provider + "\" is not loaded");
  if (statement.objtype() == ObjectType::OBJECT_DATABASE || statement.objtype() == ObjectType::OBJECT_LARGEOBJECT)
    return;
  const Address address = find_address(interpreter, statement.objtype(), statement.object());
  if (!address.object) return;
  Catalog& catalog = interpreter.catalog();
  const auto* known = catalog.find_named<SecurityLabel>(address.oid, Name(provider));
  if (!statement.label().data()) {
    if (known) catalog.erase(known->oid);
    return;
  }
  if (known) {
    catalog.edit(Ref<SecurityLabel>{known->oid}).set<&SecurityLabel::label>(std::string(statement.label()));
    return;
  }
  SecurityLabel label;
  label.parent = {address.kind, address.object->oid};
  label.name = Name(provider);
  label.label = statement.label();
  catalog.insert(std::move(label));
}

}  // namespace pgplumb::engine::ddl
