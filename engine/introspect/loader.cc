#include "engine/introspect/loader.h"

#include <fmt/format.h>
#include <tbb/blocked_range.h>

#include <algorithm>

#include "catalog/base/parallel.h"
#include "catalog/kinds/grant.h"
#include "engine/introspect/acl.h"
#include "engine/introspect/attach.h"
#include "engine/introspect/initdb_objects.h"
#include "engine/introspect/link.h"
#include "engine/introspect/number.h"

namespace pgplumb::engine {

namespace {

using catalog::FieldInfo;
using catalog::Kind;
using catalog::Object;

/// A row that becomes an object, or a grant that does.
struct Pending {
  const KindRows* rows = nullptr;
  int row = 0;
  Oid oid = catalog::invalid_oid;
  LiveAddress address;
  std::shared_ptr<Object> object;
};

class Loader {
 public:
  explicit Loader(const Reading& reading)
      : reading_(reading),
        linker_(reading.major),
        roles_(role_names()),
        loaded_{catalog::Catalog(reading.major), {}, {}} {}

  Loaded load() {
    reserve();
    if (reading_.initdb_objects.result) link_initdb_objects(reading_.initdb_objects.result, reading_.major, linker_);
    for (const KindRows& rows : reading_.kinds) {
      assign(rows);
      if (rows.select.kind->kind == Kind::policy) assign_grants();
    }
    link_types();
    decode();
    attach(reading_, linker_, [this](Oid oid) { return object_at(oid); });
    insert();
    loaded_.dangling = linker_.dangling();
    return std::move(loaded_);
  }

 private:
  RoleNames role_names() const;
  void reserve();
  void assign(const KindRows& rows);
  void accept(const KindRows& rows, int row);
  void assign_grants();
  void link_types();
  void decode();
  void decode(Pending& pending);
  void insert();
  Object* object_at(Oid oid);
  Oid next_oid() const { return catalog::first_user_oid + static_cast<Oid>(pending_.size()) * 4; }
  bool has_parent(const KindRows& rows, int row, AnyRef& parent) const;

  const Reading& reading_;
  Linker linker_;
  RoleNames roles_;
  std::vector<Pending> pending_;  // in the order of their oids
  Loaded loaded_;
};

RoleNames Loader::role_names() const {
  RoleNames names;
  const QueryResult& rows = reading_.roles.result;
  for (int row = 0; rows && row < rows.rows(); ++row) names[number<Oid>(rows.value(row, 0))] = rows.value(row, 1);
  return names;
}

/// Whether row `a` comes before row `b`, for rows without an oid.
bool fields_before(const QueryResult& rows, int a, int b) {
  for (int column = first_field_column; column < rows.columns(); ++column) {
    const int difference = rows.value(a, column).compare(rows.value(b, column));
    if (difference) return difference < 0;
  }
  return false;
}

/// Rows come in any order; oids have to be given in one.
std::vector<int> sorted_rows(const QueryResult& rows) {
  struct Key {
    Oid oid;
    std::int32_t subid;
    int row;
  };
  std::vector<Key> keys;
  keys.reserve(static_cast<std::size_t>(rows.rows()));
  for (int row = 0; row < rows.rows(); ++row)
    keys.push_back(
        {number<Oid>(rows.value(row, oid_column)), number<std::int32_t>(rows.value(row, subid_column)), row});
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    if (a.oid != b.oid) return a.oid < b.oid;
    if (a.subid != b.subid) return a.subid < b.subid;
    return a.oid == 0 && fields_before(rows, a.row, b.row);
  });
  std::vector<int> order;
  order.reserve(keys.size());
  for (const Key& key : keys) order.push_back(key.row);
  return order;
}

void Loader::reserve() {
  std::size_t count = 0;
  for (const KindRows& rows : reading_.kinds)
    if (rows.outcome.result) count += static_cast<std::size_t>(rows.outcome.result.rows());
  pending_.reserve(count);
  linker_.reserve(count);
}

void Loader::assign(const KindRows& rows) {
  if (rows.none) return;
  if (!rows.outcome.result) {
    loaded_.denied.push_back(fmt::format("{}: {}", rows.select.kind->label, rows.outcome.denied));
    return;
  }
  for (int row : sorted_rows(rows.outcome.result)) accept(rows, row);
}

/// False where what should contain the object is not there: it is temporary, or of a kind that was not read.
bool Loader::has_parent(const KindRows& rows, int row, AnyRef& parent) const {
  for (std::size_t i = 0; i < rows.select.fields.size(); ++i) {
    const FieldInfo& field = *rows.select.fields[i];
    const int column = first_field_column + static_cast<int>(i);
    if (field.role.role != catalog::Role::parent || rows.outcome.result.is_null(row, column)) continue;
    parent = linker_.find(parse_address(Kind::none, rows.outcome.result.value(row, column)));
    return static_cast<bool>(parent);
  }
  return true;
}

void Loader::accept(const KindRows& rows, int row) {
  const QueryResult& result = rows.outcome.result;
  const catalog::KindInfo& kind = *rows.select.kind;
  AnyRef parent;
  if (!has_parent(rows, row, parent)) return;
  Pending pending{&rows, row, next_oid(), {kind.catalog_oid, 0, 0}, nullptr};
  pending.address.oid = number<Oid>(result.value(row, oid_column));
  pending.address.subid = number<std::int32_t>(result.value(row, subid_column));
  if (kind.kind == Kind::collation && pending.address.oid < catalog::first_user_oid) {
    const auto name = std::find_if(rows.select.fields.begin(), rows.select.fields.end(), [](const FieldInfo* field) {
      return field->tag == catalog::tag_of<&Object::name>();
    });
    const int column = first_field_column + static_cast<int>(name - rows.select.fields.begin());
    if (const AnyRef known = builtin_collation(reading_.major, result.value(row, column))) {
      linker_.add(pending.address, known);
      return;
    }
  }
  if (pending.address.oid) linker_.add(pending.address, {kind.kind, pending.oid});
  pending_.push_back(std::move(pending));
}

/// Grants come with their targets' rows.
void Loader::assign_grants() {
  const std::size_t targets = pending_.size();
  for (std::size_t i = 0; i < targets; ++i) {
    const Pending target = pending_[i];
    const QueryResult& result = target.rows->outcome.result;
    if (result.is_null(target.row, acl_column)) continue;
    for (catalog::Grant& grant : grants_from_acl(result.value(target.row, acl_column), roles_)) {
      grant.parent = {target.rows->select.kind->kind, target.oid};
      pending_.push_back({nullptr, 0, next_oid(), {}, std::make_shared<catalog::Grant>(std::move(grant))});
    }
  }
}

void Loader::link_types() {
  const QueryResult& rows = reading_.types.result;
  for (int row = 0; rows && row < rows.rows(); ++row) {
    const auto oid = [&](int column) { return number<Oid>(rows.value(row, column)); };
    const AnyRef owner = oid(1) ? linker_.find({class_relation, oid(1), 0}) : linker_.find({class_type, oid(0), 0});
    if (!owner) continue;
    using catalog::TypeForm;
    const auto add = [&](int column, TypeForm form) {
      if (oid(column)) linker_.add_type(oid(column), catalog::type_in_form(owner.oid, form));
    };
    add(0, TypeForm::plain);
    add(2, TypeForm::array);
    add(3, TypeForm::multirange);
    add(4, TypeForm::multirange_array);
  }
}

void Loader::decode(Pending& pending) {
  if (pending.object) return;
  const KindSelect& select = pending.rows->select;
  const QueryResult& result = pending.rows->outcome.result;
  pending.object = select.kind->make();
  for (std::size_t i = 0; i < select.fields.size(); ++i) {
    const int column = first_field_column + static_cast<int>(i);
    if (result.is_null(pending.row, column)) continue;
    const FieldInfo& field = *select.fields[i];
    field.ops->decode(field.get_mutable(pending.object.get()), result.value(pending.row, column), linker_);
  }
  const auto owner = roles_.find(number<Oid>(result.value(pending.row, owner_column)));
  if (owner != roles_.end()) pending.object->owner = owner->second;
}

void Loader::decode() {
  catalog::in_parallel(pending_.size(), 64, [this](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) decode(pending_[i]);
  });
}

Object* Loader::object_at(Oid oid) {
  const std::size_t at = (catalog::owner_of_type(oid) - catalog::first_user_oid) / 4;
  return catalog::is_builtin(oid) || at >= pending_.size() ? nullptr : pending_[at].object.get();
}

void Loader::insert() {
  for (Pending& pending : pending_) {
    const Oid oid = loaded_.catalog.insert_object(std::move(pending.object));
    if (oid != pending.oid) throw std::logic_error("oids of a reading are not in order");
  }
  loaded_.catalog.forget_undo();
}

}  // namespace

Loaded load(const Reading& reading) { return Loader(reading).load(); }

}  // namespace pgplumb::engine
