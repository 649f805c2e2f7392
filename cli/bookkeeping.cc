#include "cli/bookkeeping.h"

#include <algorithm>
#include <set>

#include "catalog/kinds/sequence.h"

namespace pgplumb::cli {

using catalog::Catalog;
using catalog::Kind;
using catalog::Object;

namespace {

/// Whether the bookkeeping entry "schema.table" or "table" names this relation.
bool is_bookkeeping_relation(const Catalog& catalog, const Object& object, const std::vector<std::string>& entries) {
  if (object.kind != Kind::table && object.kind != Kind::view && object.kind != Kind::sequence) return false;
  const Object* schema = catalog.find(object.parent.oid);
  for (const std::string& entry : entries) {
    const std::size_t dot = entry.find('.');
    const bool name = object.name.view() == entry.substr(dot == std::string::npos ? 0 : dot + 1);
    if (name && (dot == std::string::npos || (schema && schema->name.view() == entry.substr(0, dot)))) return true;
  }
  return false;
}

const Object* owner_or_parent(const Catalog& catalog, const Object& object) {
  if (object.kind == Kind::sequence) {
    const auto& sequence = static_cast<const catalog::Sequence&>(object);
    if (sequence.owned_by) return catalog.find(sequence.owned_by.oid);
  }
  return catalog.find(object.parent.oid);
}

}  // namespace

std::vector<std::string> bookkeeping_of(const LoadedSource& one, const LoadedSource& other) {
  std::vector<std::string> names = one.bookkeeping;
  names.insert(names.end(), other.bookkeeping.begin(), other.bookkeeping.end());
  return names;
}

bool is_bookkeeping(const Catalog& catalog, const Object& object, const std::vector<std::string>& entries) {
  if (entries.empty()) return false;
  if (object.kind == Kind::schema) {
    const auto children = catalog.children(object.oid);
    return !children.empty() && object.name.view() != "public" &&
           std::all_of(children.begin(), children.end(),
                       [&](catalog::Oid child) { return is_bookkeeping(catalog, *catalog.find(child), entries); });
  }
  for (const Object* at = &object; at; at = owner_or_parent(catalog, *at))
    if (is_bookkeeping_relation(catalog, *at, entries)) return true;
  return false;
}

void leave_out_bookkeeping(LoadedSource& source, const std::vector<std::string>& entries) {
  std::set<catalog::Oid> own;
  source.catalog->for_each([&](const Object& object) {
    if (is_bookkeeping(*source.catalog, object, entries)) own.insert(object.oid);
  });
  const auto leads_out = [&](catalog::Oid oid) {
    const std::vector<catalog::Dependent> dependents = source.catalog->dependents(oid);
    return std::any_of(dependents.begin(), dependents.end(),
                       [&](const catalog::Dependent& dependent) { return own.count(dependent.oid) == 0; });
  };
  if (own.empty() || std::any_of(own.begin(), own.end(), leads_out)) return;
  Catalog catalog = *source.catalog;
  for (catalog::Oid oid : own) catalog.erase(oid);
  catalog.forget_undo();
  source.catalog = std::make_shared<const Catalog>(std::move(catalog));
  source.sealed = catalog::freeze(source.catalog);
}

}  // namespace pgplumb::cli
