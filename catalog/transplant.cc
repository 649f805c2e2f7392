#include "catalog/transplant.h"

#include <fmt/format.h>

#include "catalog/freeze.h"
#include "catalog/key_resolver.h"
#include "catalog/kinds/range_type.h"
#include "catalog/kinds/schema.h"

namespace pgplumb::catalog {

namespace {

bool belongs_to(const Catalog& catalog, const Object& object, Oid extension) {
  for (const Object* at = &object; at; at = catalog.find(at->parent.oid))
    if (at->extension != invalid_oid) return at->extension == extension;
  return false;
}

class Transplant {
 public:
  Transplant(const Catalog& from, Oid source, Catalog& into, Ref<Extension> extension)
      : from_(from),
        source_(source),
        into_(into),
        extension_(extension),
        names_(from),
        resolver_(into, "extension " + into.get(extension).name.str()) {}

  void run() {
    know_what_is_there();
    from_.for_each([&](const Object& object) {
      if (belongs_to(from_, object, source_)) add(object);
    });
    for (const auto& [member, oid] : members_) fill(*member, oid);
  }

 private:
  void know_what_is_there() {
    const Names names(into_);
    into_.for_each([&](const Object& object) { resolver_.add(names.key(object), object.oid); });
    const auto& there = static_cast<const Extension&>(*from_.find(source_));
    if (const Object* schema = from_.find(there.schema.oid)) resolver_.add(names_.key(*schema), into_.get(extension_).schema.oid);
    resolver_.add(names_.key(there), extension_.oid);
  }

  void add(const Object& member) {
    const Oid oid = into_.insert_object(kind_info(member.kind).make());
    resolver_.add(names_.key(member), oid);
    if (member.kind == Kind::range_type)
      resolver_.add_multirange(names_.type_name({type_in_form(member.oid, TypeForm::multirange), -1}), oid);
    members_.emplace_back(&member, oid);
  }

  void fill(const Object& member, Oid oid) {
    std::string json;
    for (const FieldInfo* field : all_fields(member.kind)) {
      const std::string value = canonical(*field, member, names_);
      if (value.empty()) continue;
      JsonWriter name;
      name.string(field->name);
      json += fmt::format("{}{}:{}", json.empty() ? "{" : ",", name.text(), value);
    }
    const JsonDocument document(json.empty() ? "{}" : json + "}");
    std::shared_ptr<Object> object = kind_info(member.kind).clone(*into_.find(oid));
    read_fields(*object, document.root(), resolver_);
    if (member.extension == source_) object->extension = extension_.oid;
    into_.store(std::move(object));
  }

  const Catalog& from_;
  Oid source_;
  Catalog& into_;
  Ref<Extension> extension_;
  Names names_;
  KeyResolver resolver_;
  std::vector<std::pair<const Object*, Oid>> members_;
};

}  // namespace

bool transplant_members(const Catalog& from, Catalog& into, Ref<Extension> extension) {
  const auto* source = from.find_named<Extension>(invalid_oid, into.get(extension).name);
  if (!source) return false;
  Transplant(from, source->oid, into, extension).run();
  return true;
}

}  // namespace pgplumb::catalog
