#pragma once
// The Catalog: one database as PostgreSQL's system catalogs would hold it, but for storage. The interpreter, the reader
// of a live server and the reader of snapshots all fill this same structure.
//
// Objects are immutable once stored; an edit stores a changed copy in the object's place. So a Catalog copies cheaply
// (the objects are shared), and any statement or savepoint can be undone.
#include <functional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "catalog/kind_info.h"

namespace pgplumb::catalog {

class Catalog;

/// A changed copy of an object, stored when the Edit ends. Each `set` stamps the field with the running statement.
template <class T>
class Edit {
 public:
  Edit(Catalog& catalog, std::shared_ptr<T> copy) : catalog_(&catalog), copy_(std::move(copy)) {}
  Edit(Edit&& other) noexcept : catalog_(other.catalog_), copy_(std::move(other.copy_)) {}
  Edit(const Edit&) = delete;
  Edit& operator=(const Edit&) = delete;
  Edit& operator=(Edit&&) = delete;
  ~Edit();

  const T& operator*() const { return *copy_; }
  const T* operator->() const { return copy_.get(); }

  template <auto Member, class V>
  Edit& set(V&& value) {
    copy_.get()->*Member = std::forward<V>(value);
    touch(tag_of<Member>());
    return *this;
  }
  /// For changes inside a field's value: `edit.change<&Index::columns>([&](auto& columns) { … })`.
  template <auto Member, class F>
  Edit& change(F&& change_value) {
    change_value(copy_.get()->*Member);
    touch(tag_of<Member>());
    return *this;
  }

 private:
  void touch(const void* field);
  Catalog* catalog_;
  std::shared_ptr<T> copy_;
};

/// One object that refers to another, and how it hangs on it.
struct Dependent {
  Oid oid = invalid_oid;
  EdgeType type = EdgeType::normal;
  friend bool operator==(const Dependent&, const Dependent&) = default;
};

class Catalog {
 public:
  /// `major`: the PostgreSQL version, 13 to 18, whose semantics and built-in rows apply.
  explicit Catalog(int major) : major_(major) {}

  int major() const { return major_; }

  /// The exact release where a server is at hand, as its server_version_num ("150020"); 0: the newest of the major. Minor
  /// releases differ in how a few things are printed.
  int server_version() const { return server_version_; }
  void set_server_version(int number) { server_version_ = number; }

  /// The statement that changes are attributed to from now on.
  void set_statement(StatementId statement) { statement_ = statement; }
  StatementId statement() const { return statement_; }

  // --- Changing ------------------------------------------------------------------------------------------------------
  /// Stores a new object under an oid of its own. The caller has made sure that its name is free.
  template <class T>
  Ref<T> insert(T object) {
    auto stored = std::make_shared<T>(std::move(object));
    stored->kind = kind_of<T>;
    return Ref<T>{insert_object(std::move(stored))};
  }
  Oid insert_object(std::shared_ptr<Object> object);

  template <class T>
  Edit<T> edit(Ref<T> ref) {
    return Edit<T>(*this, std::make_shared<T>(get(ref)));
  }
  /// For fields that all kinds have: `edit_any(oid).set<&Object::comment>(…)`.
  Edit<Object> edit_any(Oid oid);
  void store(std::shared_ptr<Object> changed);
  /// Puts a copy that differs in the texts of its expressions only in the object's place. They follow from the trees: so
  /// there is nothing to undo, and nothing that names or refers changes.
  void set_texts(ObjectPtr printed) { objects_[slot(printed->oid)] = std::move(printed); }

  /// Removes one object; what hangs on it is the caller's concern (engine/ddl: performDeletion).
  void erase(Oid oid);

  /// Differs after every change, undoing included: for what is computed from a Catalog and kept.
  /// No object has had this oid or a greater one.
  Oid end_oid() const { return static_cast<Oid>(first_user_oid + 4 * objects_.size()); }
  std::uint64_t generation() const { return generation_; }

  // --- Undoing -------------------------------------------------------------------------------------------------------
  using Mark = std::size_t;
  Mark mark() const { return log_.size(); }
  /// Undoes all changes made since the mark was taken.
  void rollback_to(Mark mark);
  /// Forgets how to undo: nothing before this point can be rolled back any more.
  void forget_undo() { log_.clear(); }

  // --- Finding -------------------------------------------------------------------------------------------------------
  /// Null where there is none, and for built-in oids. A type's oid in any form finds the object that it belongs to.
  const Object* find(Oid oid) const;
  template <class T>
  const T* find_as(Oid oid) const {
    const Object* object = find(oid);
    return object && object->kind == kind_of<T> ? static_cast<const T*>(object) : nullptr;
  }
  /// The object must exist.
  template <class T>
  const T& get(Ref<T> ref) const {
    return static_cast<const T&>(*find(ref.oid));
  }

  /// The objects of one name in one name space of one container (a schema, a relation, or invalid_oid for the top level;
  /// for kinds that are `in_schema_too`, either),
  /// in the order of their making. NameSpace::own needs the kind. Spans are valid until the next change of the catalog.
  std::span<const Oid> lookup(NameSpace space, Kind kind, Oid container, Name name) const;
  /// As `lookup`, for kinds with unique names: the first, or null.
  const Object* find_named(Kind kind, Oid container, Name name) const;
  template <class T>
  const T* find_named(Oid container, Name name) const {
    return static_cast<const T*>(find_named(kind_of<T>, container, name));
  }

  /// Objects whose `parent` it is, in the order of their making.
  std::span<const Oid> children(Oid parent) const;
  /// Those of one kind.
  template <class T>
  std::vector<const T*> children_of(Oid parent) const {
    std::vector<const T*> found;
    for (Oid oid : children(parent))
      if (const T* object = find_as<T>(oid)) found.push_back(object);
    return found;
  }

  /// Objects that refer to it in any field, each with the strongest hold; sub-objects' dependents are not included.
  std::vector<Dependent> dependents(Oid oid) const;

  /// All objects of all kinds, by ascending oid; the callback must not change the catalog.
  void for_each(const std::function<void(const Object&)>& visit) const;
  template <class T>
  void for_each(const std::function<void(const T&)>& visit) const {
    for (Oid oid : of_kind(kind_of<T>)) visit(static_cast<const T&>(*find(oid)));
  }
  /// All objects of one kind, by ascending oid; valid until the next change of the catalog.
  std::span<const Oid> of_kind(Kind kind) const;
  std::size_t size() const { return live_; }

  /// The schema that the object is named in: its parent, or that of its parent where it has no name of its own there.
  Oid schema_of(const Object& object) const;

 private:
  struct NameKey {
    NameSpace space;
    Kind kind;
    Oid container;
    Name name;
    friend bool operator==(const NameKey&, const NameKey&) = default;
  };
  struct NameKeyHash {
    std::size_t operator()(const NameKey& key) const;
  };
  struct Change {
    Oid oid;
    ObjectPtr before;
  };

  static std::size_t slot(Oid oid) { return (oid - first_user_oid) / 4; }
  void put(Oid oid, ObjectPtr object);  // replaces without logging
  void index(const Object& object, bool add);
  void index_name(const Object& object, bool add);
  void index_kind(const Object& object, bool add);
  std::vector<NameKey> name_keys(const Object& object) const;

  int major_;
  int server_version_ = 0;
  StatementId statement_ = StatementId::none;
  std::vector<ObjectPtr> objects_;
  std::size_t live_ = 0;
  std::uint64_t generation_ = 0;
  std::vector<std::vector<Oid>> kinds_;  // by Kind
  std::unordered_map<NameKey, std::vector<Oid>, NameKeyHash> names_;
  std::unordered_map<Oid, std::vector<Oid>> children_;
  std::unordered_map<Oid, std::vector<Dependent>> dependents_;
  std::vector<Change> log_;

  template <class T>
  friend class Edit;
};

/// The user objects that `object` refers to, each with the strongest hold that a field of it makes.
std::vector<Dependent> references_of(const Object& object);

/// Stamps `field` of `object` with the statement.
void stamp(Object& object, const void* field, StatementId statement);

template <class T>
Edit<T>::~Edit() {
  if (copy_) catalog_->store(std::move(copy_));
}

template <class T>
void Edit<T>::touch(const void* field) {
  stamp(*copy_, field, catalog_->statement());
}

}  // namespace pgplumb::catalog
