#pragma once
// From the rows of an extension's data to the objects that were made of them.
#include <unordered_map>
#include <vector>

#include "catalog/builtin/extension_data.h"
#include "catalog/catalog.h"
#include "catalog/kinds/family_members.h"
#include "catalog/kinds/routine.h"

namespace pgplumb::engine::ddl {

using catalog::Oid;

/// Which object of the catalog a row's oid stands for.
class MemberOids {
 public:
  MemberOids(const catalog::Catalog& catalog, const catalog::builtin::ExtensionData& data)
      : catalog_(catalog), data_(data) {}

  void add(Oid row, Oid object) { known_[row] = object; }
  /// Array types and multirange types come with what they are of.
  void add_derived_types();

  /// The object; a built-in oid is itself, and a row of a required extension is looked up by its name.
  Oid find(Oid row) const;
  /// Whether it is an array, multirange or row type, which another row brings.
  bool is_made_by_another(const catalog::builtin::Type& row) const;
  bool is_own(Oid row) const;
  catalog::Name multirange_name(Oid row) const;

 private:
  Oid find_in_other(Oid row) const;
  const catalog::Catalog& catalog_;
  const catalog::builtin::ExtensionData& data_;
  std::unordered_map<Oid, Oid> known_;
};

std::vector<catalog::Argument> routine_arguments(const catalog::builtin::Proc& row, const MemberOids& oids);

/// The operators and functions that the extension puts into the family.
void family_members(const catalog::builtin::ExtensionData& data, Oid family, const MemberOids& oids,
                    std::vector<catalog::FamilyOperator>& operators, std::vector<catalog::FamilyFunction>& functions);

}  // namespace pgplumb::engine::ddl
