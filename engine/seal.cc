#include "engine/seal.h"

#include <tbb/enumerable_thread_specific.h>

#include "catalog/base/parallel.h"
#include "catalog/base/timed.h"
#include "catalog/kinds/table.h"
#include "engine/deparse/deparse.h"
#include "engine/field_text.h"

namespace pgplumb::engine {

namespace {

using catalog::Catalog;
using catalog::Expr;
using catalog::FieldInfo;
using catalog::Kind;
using catalog::Object;
using catalog::Oid;
using catalog::Query;

class Sealer {
 public:
  explicit Sealer(const Catalog& catalog)
      : cache_(catalog.major(), &catalog, {catalog::builtin::pg_catalog_namespace}) {}

  /// The object with its texts; null where it has them.
  std::shared_ptr<Object> seal(const Object& object);

 private:
  void read_texts(const Object& object);
  void write_texts(Object& object) const;

  deparse::Syscache cache_;
  std::vector<std::string> texts_;  // of the object at hand, in the order of its fields
  bool changed_ = false;
};

void Sealer::read_texts(const Object& object) {
  auto add = [&](const std::string& before, std::string text) {
    changed_ = changed_ || text != before;
    texts_.push_back(std::move(text));
  };
  for (const FieldInfo& field : catalog::kind_info(object.kind).fields) {
    if (field.ops->is_query) {
      const auto& query = *static_cast<const Query*>(field.get(&object));
      if (query.tree) add(query.text, print_field(cache_, object, *query.tree));
      continue;
    }
    // The visitor only reads here, so that most objects need no copy.
    field.ops->visit_exprs(const_cast<void*>(field.get(&object)), [&](Expr& expr) {
      if (expr.tree) add(expr.text, print_field(cache_, object, field, *expr.tree));
    });
  }
}

void Sealer::write_texts(Object& object) const {
  std::size_t next = 0;
  for (const FieldInfo& field : catalog::kind_info(object.kind).fields) {
    if (field.ops->is_query) {
      auto& query = *static_cast<Query*>(field.get_mutable(&object));
      if (query.tree) query.text = texts_[next++];
      continue;
    }
    field.ops->visit_exprs(field.get_mutable(&object), [&](Expr& expr) {
      if (expr.tree) expr.text = texts_[next++];
    });
  }
}

std::shared_ptr<Object> Sealer::seal(const Object& object) {
  texts_.clear();
  changed_ = false;
  read_texts(object);
  const auto* table = object.kind == Kind::table ? static_cast<const catalog::Table*>(&object) : nullptr;
  const bool partitioned = table && !table->partition_key_parts.empty();
  if (!changed_ && !partitioned) return nullptr;
  std::shared_ptr<Object> copy = catalog::kind_info(object.kind).clone(object);
  write_texts(*copy);
  if (partitioned) {
    auto& sealed = static_cast<catalog::Table&>(*copy);
    sealed.partition_key.text = deparse::print_partition_key(cache_, sealed);
  }
  return copy;
}

}  // namespace

void seal(Catalog& catalog) {
  std::vector<const Object*> objects;
  catalog.for_each([&](const Object& object) { objects.push_back(&object); });
  std::vector<std::shared_ptr<Object>> sealed(objects.size());
  tbb::enumerable_thread_specific<Sealer> sealers([&] { return Sealer(catalog); });
  catalog::in_parallel(objects.size(), 256, [&](std::size_t begin, std::size_t end) {
    const catalog::Timed timed(catalog::Phase::printing);
    Sealer& sealer = sealers.local();
    for (std::size_t i = begin; i < end; ++i) sealed[i] = sealer.seal(*objects[i]);
  });
  for (std::shared_ptr<Object>& object : sealed)
    if (object) catalog.set_texts(std::move(object));
}

}  // namespace pgplumb::engine
