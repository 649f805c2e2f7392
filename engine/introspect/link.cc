#include "engine/introspect/link.h"

#include <fmt/format.h>

#include <charconv>

#include "catalog/builtin/builtin.h"
#include "catalog/kind_info.h"

namespace pgplumb::engine {

namespace {

using catalog::Kind;

/// From here on, initdb numbers built-in objects as it comes: FirstUnpinnedObjectId of access/transam.h.
constexpr Oid first_numbered_by_initdb = 12000;

template <class Integer>
Integer take_number(std::string_view& text) {
  Integer number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
  if (!text.empty()) text.remove_prefix(1);  // the separator
  return number;
}

/// The kind under which a built-in row is known.
Kind builtin_kind(int major, Oid classid, Oid oid) {
  const auto& builtin = catalog::builtin::of(major);
  switch (classid) {
    case class_proc: {
      const auto* proc = builtin.proc_by_oid(oid);
      if (!proc) return Kind::none;
      return proc->prokind == 'a' ? Kind::aggregate : proc->prokind == 'p' ? Kind::procedure : Kind::function;
    }
    case class_relation: {
      const auto* relation = builtin.relation_by_oid(oid);
      if (!relation) return Kind::none;
      return relation->relkind == 'v' ? Kind::view : Kind::table;
    }
    case class_type:
      return builtin.type_by_oid(oid) ? Kind::base_type : Kind::none;
    default:
      break;
  }
  for (const catalog::KindInfo* kind : catalog::all_kinds())
    if (kind->catalog_oid == classid) return kind->kind;
  return Kind::none;
}

}  // namespace

LiveAddress parse_address(Kind expected, std::string_view text) {
  LiveAddress address;
  address.classid = expected == Kind::none ? take_number<Oid>(text) : catalog::kind_info(expected).catalog_oid;
  address.oid = take_number<Oid>(text);
  address.subid = take_number<std::int32_t>(text);
  return address;
}

AnyRef Linker::find(const LiveAddress& address) const {
  const auto found = objects_.find(address);
  if (found != objects_.end()) return found->second;
  if (address.oid == 0 || address.oid >= first_numbered_by_initdb) return {};
  const Kind kind = builtin_kind(major_, address.classid, address.oid);
  return kind == Kind::none ? AnyRef{} : AnyRef{kind, address.oid};
}

Oid Linker::find_type(Oid live) const {
  const auto found = types_.find(live);
  if (found != types_.end()) return found->second;
  return live < first_numbered_by_initdb ? live : catalog::invalid_oid;
}

void Linker::miss(const LiveAddress& address) {
  std::string where = std::to_string(address.classid);
  for (const catalog::KindInfo* kind : catalog::all_kinds())
    if (kind->catalog_oid == address.classid) where = kind->catalog;
  const std::scoped_lock lock(mutex_);
  dangling_.insert(address.subid ? fmt::format("{}/{}/{}", where, address.oid, address.subid)
                                 : fmt::format("{}/{}", where, address.oid));
}

AnyRef Linker::resolve(Kind expected, std::string_view text) {
  const LiveAddress address = parse_address(expected, text);
  if (address.oid == 0) return {};
  const AnyRef ref = find(address);
  if (!ref) miss(address);
  return ref;
}

catalog::TypeRef Linker::resolve_type(std::string_view text) {
  const Oid live = take_number<Oid>(text);
  const std::int32_t typmod = text.empty() ? -1 : take_number<std::int32_t>(text);
  const Oid type = find_type(live);
  if (!type && live) miss({class_type, live, 0});
  return {type, type ? typmod : -1};
}

}  // namespace pgplumb::engine
