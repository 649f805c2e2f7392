#include "engine/ddl/deletion.h"

#include "engine/ddl/cache.h"
#include "engine/ddl/object_description.h"

namespace pgplumb::engine::ddl {

void perform_deletion(Interpreter& interpreter, const std::vector<Oid>& objects, const Deletion& deletion) {
  DeletionReport report;
  report.describe = [&](const catalog::Object& object) { return describe(interpreter, object); };
  report.notice = [&](std::string message, std::string detail) {
    interpreter.notice(std::move(message), std::move(detail));
  };
  delete_objects(interpreter.catalog(), objects, deletion, report);
}

std::string describe(const Interpreter& interpreter, const catalog::Object& object) {
  return describe_object(cache_of(interpreter), object);
}

}  // namespace pgplumb::engine::ddl
