#include "catalog/snapshot.h"

#include <fmt/format.h>

#include <set>

#include "catalog/base/diagnostic.h"
#include "catalog/key_resolver.h"
#include "catalog/kinds/function.h"
#include "catalog/kinds/range_type.h"

namespace pgplumb::catalog {

namespace {

constexpr std::string_view format_name = "pgplumb-snapshot";

/// Members of extensions that the schema refers to, with what contains them: without them a reader could not tell what
/// a column's type is. Constructors of ranges too: nobody knows by a type what they are called.
std::set<Oid> needed_beside(const SealedCatalog& sealed) {
  const Catalog& catalog = sealed.catalog();
  std::set<Oid> members;
  std::vector<Oid> pending;
  // All that a field names, dependency or not: an operator names its commutator.
  const auto follow = [&](const Object& object) {
    for (const FieldInfo* field : all_fields(object.kind))
      field->ops->visit_refs(field->get(&object), [&](Oid oid) { pending.push_back(oid); });
  };
  for (const SealedObject& entry : sealed.objects()) follow(*entry.object);
  catalog.for_each<Function>([&](const Function& function) {
    if (function.constructs && !is_environment(catalog, function)) pending.push_back(function.oid);
  });
  while (!pending.empty()) {
    const Object* object = catalog.find(pending.back());
    pending.pop_back();
    if (!object || sealed.find(object->oid) || !members.insert(object->oid).second) continue;
    follow(*object);
  }
  return members;
}

std::string origin_text(const SourceMap& sources, StatementId statement) {
  const Span span = sources.statement(statement);
  return fmt::format("{}:{}", sources.file(span.file).path, sources.position(span).line);
}

void write_object(JsonWriter& out, const SealedCatalog& sealed, const Object& object, const SourceMap* sources) {
  const Names& names = sealed.names();
  out.begin_object();
  out.key("kind").string(kind_info(object.kind).word);
  out.key("identity").string(names.identity(object));
  if (const Object* extension = sealed.catalog().find(object.extension))
    out.key("extension").string(extension->name.view());
  if (sources && object.created != StatementId::none) out.key("origin").string(origin_text(*sources, object.created));
  out.key("fields").begin_object();
  for (const FieldInfo* field : all_fields(object.kind)) {
    const std::string value = canonical(*field, object, names);
    if (!value.empty()) out.key(field->name).raw(value);
  }
  out.end_object();
  out.end_object();
}

}  // namespace

std::string write_snapshot(const SealedCatalog& sealed, const SnapshotInfo& info, const SourceMap* sources) {
  JsonWriter head;
  head.string(format_name);
  std::string text = fmt::format("{{\"format\":{},\"version\":{},\"major\":{}", head.text(), snapshot_version, info.major);
  JsonWriter rest;
  rest.begin_array();
  for (const std::string& reason : info.unsure) rest.string(reason);
  rest.end_array();
  JsonWriter source;
  source.string(info.source);
  text += fmt::format(",\"source\":{},\"hash\":\"{}\",\"unsure\":{},\"objects\":[", source.text(), sealed.root().hex(),
                      rest.text());
  bool first = true;
  auto append = [&](const Object& object) {
    JsonWriter line;
    write_object(line, sealed, object, sources);
    text += (first ? "\n" : ",\n") + line.text();
    first = false;
  };
  for (const SealedObject& entry : sealed.objects()) append(*entry.object);
  for (Oid member : needed_beside(sealed)) append(*sealed.catalog().find(member));
  return text + "\n]}\n";
}

namespace {

SnapshotInfo read_info(JsonValue root) {
  if (root.get("format").string() != format_name)
    throw UsageError("this JSON file is no pgplumb snapshot (write one with: pgplumb snapshot SOURCE)");
  if (root.get("version").integer() > snapshot_version)
    throw UsageError("this snapshot was written by a newer pgplumb: update pgplumb, or write the snapshot again");
  SnapshotInfo info;
  info.major = static_cast<int>(root.get("major").integer());
  info.source = std::string(root.get("source").string());
  const JsonValue unsure = root.get("unsure");
  for (std::size_t i = 0; i < unsure.size(); ++i) info.unsure.emplace_back(unsure.at(i).string());
  return info;
}

/// First all objects, so that references may point forward; then what the fields say.
class SnapshotReader {
 public:
  explicit SnapshotReader(JsonValue root)
      : objects_(root.get("objects")),
        info_(read_info(root)),
        catalog_(std::make_shared<Catalog>(info_.major)),
        resolver_(*catalog_, "the snapshot") {}

  Snapshot read() {
    for (std::size_t i = 0; i < objects_.size(); ++i) add(objects_.at(i));
    for (std::size_t i = 0; i < objects_.size(); ++i) fill(objects_.at(i), oids_[i]);
    catalog_->forget_undo();
    return {std::move(info_), std::move(catalog_), std::move(origins_)};
  }

 private:
  void add(JsonValue json) {
    const Kind kind = kind_from_word(json.get("kind").string());
    if (kind == Kind::none)
      throw UsageError(fmt::format("the snapshot holds an object of unknown kind \"{}\"", json.get("kind").string()));
    const Oid oid = catalog_->insert_object(kind_info(kind).make());
    oids_.push_back(oid);
    resolver_.add({kind, std::string(json.get("identity").string())}, oid);
    const JsonValue fields = json.get("fields");
    if (const JsonValue multirange = fields.get("multirange_name"); !multirange.is_null())
      resolver_.add_multirange(multirange_identity(fields, multirange.string()), oid);
    if (const JsonValue origin = json.get("origin"); !origin.is_null()) origins_.emplace(oid, origin.string());
  }

  static std::string multirange_identity(JsonValue fields, std::string_view name) {
    const JsonValue own = fields.get("multirange_schema");
    const ObjectKey schema = ObjectKey::parse((own.is_null() ? fields.get("schema") : own).string());
    return (schema.identity.empty() ? "" : schema.identity + ".") + quote_identifier(name);
  }

  /// Older snapshots did not tell the multirange type's schema, which was that of the range.
  static void complete(RangeType& range) {
    if (!range.multirange_name.empty() && !range.multirange_schema) range.multirange_schema = range.parent;
  }

  void fill(JsonValue json, Oid oid) {
    const Object& empty = *catalog_->find(oid);
    std::shared_ptr<Object> object = kind_info(empty.kind).clone(empty);
    read_fields(*object, json.get("fields"), resolver_);
    if (object->kind == Kind::range_type) complete(static_cast<RangeType&>(*object));
    if (const JsonValue extension = json.get("extension"); !extension.is_null())
      object->extension = resolver_.resolve(Kind::extension, "extension " + quote_identifier(extension.string())).oid;
    catalog_->store(std::move(object));
  }

  JsonValue objects_;
  SnapshotInfo info_;
  std::shared_ptr<Catalog> catalog_;
  KeyResolver resolver_;
  std::vector<Oid> oids_;
  std::unordered_map<Oid, std::string> origins_;
};

}  // namespace

Snapshot read_snapshot(std::string text) {
  const JsonDocument document(std::move(text));
  return SnapshotReader(document.root()).read();
}

}  // namespace pgplumb::catalog
