#include "engine/ddl/deletion.h"

#include "engine/analyze/format_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/object_description.h"

namespace pgplumb::engine::ddl {

namespace {

/// Whether such objects refer to types, and not to the relations that bring them.
bool uses_types(catalog::Kind kind) {
  using catalog::Kind;
  const catalog::KindInfo& info = catalog::kind_info(kind);
  return info.name_space == catalog::NameSpace::routine || info.traits.is_type || kind == Kind::column ||
         kind == Kind::cast || kind == Kind::transform || kind == Kind::operator_ || kind == Kind::operator_class;
}

/// The type, in whatever form, by which the object refers to the other; invalid_oid where it does not.
Oid used_type(const catalog::Object& dependent, const catalog::Object& on) {
  Oid used = catalog::invalid_oid;
  for (const catalog::FieldInfo& field : catalog::kind_info(dependent.kind).fields)
    field.ops->visit_refs(field.get(&dependent), [&](Oid target) {
      if (used == catalog::invalid_oid && catalog::owner_of_type(target) == on.oid) used = target;
    });
  return used;
}

std::string describe_dependee(const Interpreter& interpreter, const catalog::Object& dependent,
                              const catalog::Object& on) {
  const catalog::KindInfo& kind = catalog::kind_info(on.kind);
  if ((kind.traits.is_type || kind.has_row_type(interpreter.major())) && uses_types(dependent.kind))
    if (const Oid type = used_type(dependent, on); type != catalog::invalid_oid)
      return "type " + analyze::format_type(cache_of(interpreter), type);
  return describe(interpreter, on);
}

}  // namespace

void perform_deletion(Interpreter& interpreter, const std::vector<Oid>& objects, const Deletion& deletion) {
  DeletionReport report;
  report.describe = [&](const catalog::Object& object) { return describe(interpreter, object); };
  report.describe_dependee = [&](const catalog::Object& dependent, const catalog::Object& on) {
    return describe_dependee(interpreter, dependent, on);
  };
  report.notice = [&](std::string message, std::string detail) {
    interpreter.notice(std::move(message), std::move(detail));
  };
  delete_objects(interpreter.catalog(), objects, deletion, report);
}

std::string describe(const Interpreter& interpreter, const catalog::Object& object) {
  return describe_object(cache_of(interpreter), object);
}

}  // namespace pgplumb::engine::ddl
