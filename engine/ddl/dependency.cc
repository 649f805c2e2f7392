#include "engine/ddl/dependency.h"

#include <algorithm>
#include <unordered_map>

#include "catalog/base/diagnostic.h"
#include "catalog/kinds/column.h"
#include "engine/ddl/dangling.h"
#include "engine/ddl/dependency_type.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// How an object got among those to be deleted: several at once, dependency.c's DEPFLAG_*.
enum Flag : unsigned {
  original = 1,
  by_normal = 2,
  by_automatic = 4,
  by_internal = 8,
  by_partition = 16,
  by_extension = 32,
  by_reverse = 64,
  is_partition_member = 128,
  is_part_of_whole = 256,
};

struct Target {
  Oid oid = invalid_oid;
  unsigned flags = 0;
  Oid dependee = invalid_oid;  // what it was found through
};

/// The objects being looked into, innermost first.
struct StackItem {
  const Object& object;
  unsigned flags;
  StackItem* next;
};

unsigned flag_of(DependencyType type) {
  switch (type) {
    case DependencyType::normal:
      return by_normal;
    case DependencyType::automatic:
      return by_automatic;
    case DependencyType::internal:
      return by_internal;
    case DependencyType::extension:
      return by_extension;
    case DependencyType::partition:
      return by_partition;
  }
  return by_normal;
}

/// findDependentObjects, for all the objects of one statement.
class Search {
 public:
  Search(const Catalog& catalog, const std::vector<Oid>& pending, const Deletion& deletion,
         const DeletionReport& report)
      : catalog_(catalog), pending_(pending), deletion_(deletion), report_(report) {}

  void find(const Object& object, unsigned flags, StackItem* stack);
  /// In the order of deletion: what hangs on something comes before it.
  std::vector<Target>& targets() { return targets_; }

 private:
  /// What an object is a part of, as found among its dependencies.
  struct Owners {
    const Object* owner = nullptr;
    const Object* partition_of = nullptr;
    bool has_extension = false;
    const Object* reverse = nullptr;  // go there instead
    bool done = false;                // the owner is dropped by this statement as well
  };

  bool on_stack(const Object& object, unsigned flags, StackItem* stack) const;
  bool is_target(const Object& object, unsigned flags);
  bool ignores_extension(Oid extension) const;
  Owners owners_of(const Object& object, unsigned& flags, StackItem* stack) const;
  void look_at_owner(const Object& owner, DependencyType type, StackItem* stack, Owners& owners) const;
  [[noreturn]] void refuse(const Object& object, const Object& owner) const;

  const Catalog& catalog_;
  const std::vector<Oid>& pending_;
  const Deletion& deletion_;
  const DeletionReport& report_;
  std::vector<Target> targets_;
  std::unordered_map<Oid, std::size_t> place_;
};

bool Search::on_stack(const Object& object, unsigned flags, StackItem* stack) const {
  bool found = false;
  for (StackItem* item = stack; item; item = item->next) {
    if (item->object.oid == object.oid) {
      item->flags |= flags;
      found = true;
    } else if (is_sub_object(object) && object.parent.oid == item->object.oid) {
      found = true;  // the whole is on its way already
    } else if (is_sub_object(item->object) && item->object.parent.oid == object.oid) {
      item->flags |= is_part_of_whole;
    }
  }
  return found;
}

bool Search::is_target(const Object& object, unsigned flags) {
  if (const auto known = place_.find(object.oid); known != place_.end()) {
    targets_[known->second].flags |= flags;
    return true;
  }
  return is_sub_object(object) && place_.count(object.parent.oid) != 0;
}

bool Search::ignores_extension(Oid extension) const {
  return deletion_.skip_extensions || (deletion_.current_extension && deletion_.current_extension == extension);
}

void Search::look_at_owner(const Object& owner, DependencyType type, StackItem* stack, Owners& owners) const {
  if (!stack) {
    if (std::find(pending_.begin(), pending_.end(), owner.oid) != pending_.end()) {
      owners.done = true;
      return;
    }
    if (!owners.owner || type == DependencyType::extension) owners.owner = &owner;
    return;
  }
  // Whoever comes from the owner may take its parts; who comes from elsewhere has to take the owner.
  if (!on_stack(owner, 0, stack)) owners.reverse = &owner;
}

Search::Owners Search::owners_of(const Object& object, unsigned& flags, StackItem* stack) const {
  Owners owners;
  for (const Dependency& dependency : dependencies_of(catalog_, object)) {
    const Object& other = *catalog_.find(dependency.oid);
    switch (dependency.type) {
      case DependencyType::normal:
      case DependencyType::automatic:
        break;
      case DependencyType::extension:
        if (ignores_extension(other.oid)) break;
        look_at_owner(other, dependency.type, stack, owners);
        break;
      case DependencyType::internal:
        look_at_owner(other, dependency.type, stack, owners);
        break;
      case DependencyType::partition:
        flags |= is_partition_member;
        if (other.kind == object.kind) owners.partition_of = &other;
        break;
    }
    if (owners.done || owners.reverse) return owners;
  }
  return owners;
}

void Search::refuse(const Object& object, const Object& owner) const {
  const std::string needed_by = report_.describe(owner);
  throw SqlError("2BP01", "cannot drop " + report_.describe(object) + " because " + needed_by + " requires it", {},
                 "You can drop " + needed_by + " instead.");
}

void Search::find(const Object& object, unsigned flags, StackItem* stack) {
  if (on_stack(object, flags, stack) || is_target(object, flags)) return;
  const Owners owners = owners_of(object, flags, stack);
  if (owners.done) return;
  if (owners.reverse) {
    find(*owners.reverse, by_reverse, stack);
    is_target(object, flags);  // how it was come by matters, too
    return;
  }
  if (owners.owner) refuse(object, owners.partition_of ? *owners.partition_of : *owners.owner);

  StackItem here{object, flags, stack};
  for (const Dependency& dependent : dependents_of(catalog_, object))
    find(*catalog_.find(dependent.oid), flag_of(dependent.type), &here);
  if (is_target(object, here.flags)) return;
  place_[object.oid] = targets_.size();
  targets_.push_back({object.oid, here.flags, stack ? stack->object.oid : invalid_oid});
}

/// reportDependentObjects
class Reporter {
 public:
  Reporter(const Catalog& catalog, const std::vector<Target>& targets, const Deletion& deletion,
           const DeletionReport& report)
      : catalog_(catalog), targets_(targets), deletion_(deletion), report_(report) {}

  void run(const Object* single) {
    check_partitions();
    for (std::size_t i = targets_.size(); i-- > 0;) look_at(targets_[i]);
    if (left_out_ > 0)
      detail_ += "\nand " + std::to_string(left_out_) + " other object" + (left_out_ == 1 ? "" : "s") +
                 " (see server log for list)";
    if (refused_) refuse(single);
    tell();
  }

 private:
  static constexpr int limit = 100;  // MAX_REPORTED_DEPS

  void check_partitions() const {
    for (const Target& target : targets_) {
      if (!(target.flags & is_partition_member) || (target.flags & by_partition)) continue;
      const Object& object = *catalog_.find(target.oid);
      const Object* owner = partition_owner(object);
      const std::string needed_by = owner ? report_.describe(*owner) : "";
      throw SqlError("2BP01", "cannot drop " + report_.describe(object) + " because " + needed_by + " requires it", {},
                     "You can drop " + needed_by + " instead.");
    }
  }

  const Object* partition_owner(const Object& object) const {
    const Object* found = nullptr;
    for (const Dependency& dependency : dependencies_of(catalog_, object)) {
      if (dependency.type != DependencyType::partition) continue;
      const Object* other = catalog_.find(dependency.oid);
      if (!found || other->kind == object.kind) found = other;
    }
    return found;
  }

  bool is_part_of_target(const Object& object) const {
    if (!is_sub_object(object)) return false;
    return std::any_of(targets_.begin(), targets_.end(),
                       [&](const Target& target) { return target.oid == object.parent.oid; });
  }

  void look_at(const Target& target) {
    const Object& object = *catalog_.find(target.oid);
    if ((target.flags & (original | is_part_of_whole)) || is_part_of_target(object)) return;
    if (target.flags & (by_automatic | by_internal | by_partition | by_extension)) return;
    if (object.kind == Kind::grant) return;
    if (deletion_.behavior == DropBehavior::cascade) return add("drop cascades to " + report_.describe(object));
    refused_ = true;
    if (const Object* dependee = catalog_.find(target.dependee))
      add(report_.describe(object) + " depends on " + report_.describe_dependee(object, *dependee));
  }

  void add(const std::string& line) {
    if (reported_ >= limit) {
      ++left_out_;
      return;
    }
    ++reported_;
    if (!detail_.empty()) detail_ += '\n';
    detail_ += line;
  }

  [[noreturn]] void refuse(const Object* single) const {
    const std::string hint = "Use DROP ... CASCADE to drop the dependent objects too.";
    if (single)
      throw SqlError("2BP01", "cannot drop " + report_.describe(*single) + " because other objects depend on it",
                     detail_, hint);
    throw SqlError("2BP01", "cannot drop desired object(s) because other objects depend on them", detail_, hint);
  }

  void tell() const {
    if (deletion_.quiet || reported_ == 0) return;
    if (reported_ + left_out_ == 1) return report_.notice(detail_, {});
    report_.notice("drop cascades to " + std::to_string(reported_ + left_out_) + " other objects", detail_);
  }

  const Catalog& catalog_;
  const std::vector<Target>& targets_;
  const Deletion& deletion_;
  const DeletionReport& report_;
  std::string detail_;
  int reported_ = 0;
  int left_out_ = 0;
  bool refused_ = false;
};

/// The columns that are left close the gap, as they are counted and shown.
void close_gap(Catalog& catalog, Oid relation, std::int32_t position) {
  std::vector<Oid> later;
  for (const Column* column : catalog.children_of<Column>(relation))
    if (column->position > position) later.push_back(column->oid);
  for (Oid oid : later) {
    // Not an edit: that a column moved up is nothing that the running statement has set.
    auto moved = std::make_shared<Column>(catalog.get(Ref<Column>{oid}));
    --moved->position;
    catalog.store(std::move(moved));
  }
}

void erase_with_parts(Catalog& catalog, Oid oid) {
  const Object* object = catalog.find(oid);
  if (!object) return;
  const auto* column = catalog.find_as<Column>(oid);
  const Oid relation = object->parent.oid;
  const std::int32_t position = column ? column->position : 0;
  std::vector<Oid> parts;
  for (Oid child : catalog.children(oid))
    if (is_sub_object(*catalog.find(child))) parts.push_back(child);
  for (Oid part : parts) catalog.erase(part);
  remove_mentions(catalog, oid);
  catalog.erase(oid);
  if (column) close_gap(catalog, relation, position);
}

}  // namespace

void delete_objects(Catalog& catalog, const std::vector<Oid>& objects, const Deletion& deletion,
                    const DeletionReport& report) {
  if (objects.empty()) return;
  Search search(catalog, objects, deletion, report);
  for (Oid oid : objects)
    if (const Object* object = catalog.find(oid)) search.find(*object, original, nullptr);
  const Object* single = objects.size() == 1 ? catalog.find(objects.front()) : nullptr;
  Reporter(catalog, search.targets(), deletion, report).run(single);
  for (const Target& target : search.targets())
    if (!deletion.skip_original || !(target.flags & original)) erase_with_parts(catalog, target.oid);
}

}  // namespace pgplumb::engine::ddl
