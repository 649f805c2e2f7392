#include "catalog/key.h"

#include "catalog/type_name.h"

namespace pgplumb::catalog {

namespace {

/// The values of the identity fields beyond the name, as `(a, b)`: the JSON of lists and strings without its punctuation.
std::string plain(const std::string& json) {
  const JsonDocument document(json);
  const JsonValue root = document.root();
  if (root.is_string()) return std::string(root.string());
  if (!root.is_array()) return json;
  std::string out;
  for (std::size_t i = 0; i < root.size(); ++i) out += (i ? ", " : "") + std::string(root.at(i).string());
  return out;
}

bool is_signature_field(const FieldInfo& field) {
  return field.role.role == Role::identity && field.tag != tag_of<&Object::name>();
}

}  // namespace

std::string ObjectKey::text() const { return std::string(kind_info(kind).word) + " " + identity; }

ObjectKey ObjectKey::parse(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return {};
  return {kind_from_word(text.substr(0, space)), std::string(text.substr(space + 1))};
}

std::string Names::make_identity(const Object& object) const {
  const KindInfo& kind = kind_info(object.kind);
  std::string out;
  const Oid container = schema_or_parent(object);
  if (const Object* parent = catalog_->find(container)) {
    if (kind.traits.parent_kind_in_key) out += std::string(kind_info(parent->kind).word) + " ";
    out += identity(*parent);
  }
  if (container && is_builtin(container)) out += builtin_identity(*catalog_, {object.parent.kind, container});
  if (!object.name.empty()) out += (out.empty() ? "" : ".") + quote_identifier(object.name.view());
  std::string signature;
  bool has_signature = false;
  for (const FieldInfo& field : kind.fields) {
    if (!is_signature_field(field)) continue;
    JsonWriter json;
    field.ops->write(field.get(&object), json, *this, field.role.set);
    signature += (has_signature ? ", " : "") + plain(json.text());
    has_signature = true;
  }
  if (has_signature) out += (object.name.empty() && !out.empty() ? " (" : "(") + signature + ")";
  return out;
}

Oid Names::schema_or_parent(const Object& object) const {
  return kind_info(object.kind).traits.in_parents_schema ? catalog_->schema_of(object) : object.parent.oid;
}

const std::string& Names::identity(const Object& object) const {
  const auto known = identities_.find(object.oid);
  if (known != identities_.end()) return known->second;
  std::string made = make_identity(object);
  return identities_.emplace(object.oid, std::move(made)).first->second;
}

ObjectKey Names::key(const Object& object) const { return {object.kind, identity(object)}; }

std::string Names::key_of(AnyRef ref) const {
  if (is_builtin(ref.oid)) return std::string(kind_info(ref.kind).word) + " " + builtin_identity(*catalog_, ref);
  const Object* object = catalog_->find(ref.oid);
  return object ? key(*object).text() : "? " + std::to_string(ref.oid);
}

std::string Names::type_name(TypeRef type) const { return format_type(*catalog_, type); }

}  // namespace pgplumb::catalog
