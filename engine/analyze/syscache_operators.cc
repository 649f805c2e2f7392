// The Catalog's share of the Syscache: operators, casts, collations, operator classes and families.
#include "catalog/catalog.h"
#include "catalog/kinds/cast.h"
#include "catalog/kinds/collation.h"
#include "catalog/kinds/function.h"
#include "catalog/kinds/operator_.h"
#include "catalog/kinds/operator_class.h"
#include "catalog/kinds/operator_family.h"
#include "catalog/kinds/range_type.h"
#include "engine/analyze/syscache.h"
#include "engine/analyze/typcache.h"

namespace pgplumb::engine::analyze {

using catalog::Kind;

namespace {

std::uint64_t pair_key(Oid first, Oid second) { return (std::uint64_t{first} << 32) | second; }

CastRow cast_row(const catalog::Cast& cast) {
  CastRow row;
  row.function = cast.function.oid;
  switch (cast.context) {
    case catalog::CastContext::implicit: row.context = 'i'; break;
    case catalog::CastContext::assignment: row.context = 'a'; break;
    default: row.context = 'e';
  }
  switch (cast.method) {
    case catalog::CastMethod::function: row.method = 'f'; break;
    case catalog::CastMethod::binary: row.method = 'b'; break;
    default: row.method = 'i';
  }
  return row;
}

OpclassRow opclass_row(const catalog::OperatorClass& opclass) {
  return {opclass.oid,        opclass.name.view(), opclass.parent.oid, opclass.method.oid,
          opclass.family.oid, opclass.input.type,  opclass.is_default};
}

AmopRow amop_row(const catalog::FamilyOperator& member, Oid family, Oid access_method) {
  return {family, access_method, member.left.type, member.right.type, member.strategy, member.op.oid};
}

}  // namespace

std::optional<OperatorRow> Syscache::object_operator(Oid oid) const {
  const auto* op = objects_ ? objects_->find_as<catalog::Operator>(oid) : nullptr;
  if (!op) return std::nullopt;
  OperatorRow row;
  row.oid = oid;
  row.name = op->name.view();
  row.schema = op->parent.oid;
  row.left = op->left.type;
  row.right = op->right.type;
  row.result = op->result.type;
  row.function = op->function.oid;
  row.commutator = op->commutator.oid;
  row.negator = op->negator.oid;
  row.can_merge = op->merges;
  row.can_hash = op->hashes;
  return row;
}

void Syscache::object_operators(Oid schema, std::string_view name, std::vector<Oid>& out) const {
  if (!objects_) return;
  auto found = objects_->lookup(catalog::NameSpace::own, Kind::operator_, schema, name);
  out.insert(out.end(), found.begin(), found.end());
}

std::optional<CollationRow> Syscache::object_collation(Oid oid) const {
  const auto* collation = objects_ ? objects_->find_as<catalog::Collation>(oid) : nullptr;
  if (!collation) return std::nullopt;
  return CollationRow{oid, collation->name.view(), collation->parent.oid, collation->deterministic};
}

Oid Syscache::object_collation_named(Oid schema, std::string_view name) const {
  const auto* found = objects_ ? objects_->find_named<catalog::Collation>(schema, name) : nullptr;
  return found ? found->oid : invalid_oid;
}

std::optional<CastRow> Syscache::object_cast(Oid source, Oid target) const {
  if (!objects_) return std::nullopt;
  if (!casts_) {
    casts_.emplace();
    objects_->for_each<catalog::Cast>([this](const catalog::Cast& cast) {
      casts_->emplace(pair_key(cast.source.type, cast.target.type), cast_row(cast));
    });
  }
  auto found = casts_->find(pair_key(source, target));
  if (found != casts_->end()) return found->second;
  if (!objects_->find_as<catalog::RangeType>(source) || target != type_in_form(source, catalog::TypeForm::multirange))
    return std::nullopt;
  return CastRow{multirange_constructor(source)};
}

Oid Syscache::multirange_constructor(Oid range) const {
  for (const catalog::Dependent& dependent : objects_->dependents(range)) {
    const auto* function = objects_->find_as<catalog::Function>(dependent.oid);
    const bool is_one = function && function->constructs.oid == range && function->signature.size() == 1;
    if (is_one && function->signature.front().type == range) return function->oid;
  }
  return catalog::invalid_oid;
}

const std::vector<OpclassRow>& Syscache::own_opclasses() const {
  if (!opclasses_) {
    opclasses_.emplace();
    if (objects_) {
      objects_->for_each<catalog::OperatorClass>([this](const catalog::OperatorClass& opclass) { opclasses_->push_back(opclass_row(opclass)); });
    }
  }
  return *opclasses_;
}

void Syscache::object_opclasses(Oid access_method, std::vector<OpclassRow>& out) const {
  for (const OpclassRow& row : own_opclasses()) {
    if (row.access_method == access_method) out.push_back(row);
  }
}

const std::vector<AmopRow>& Syscache::own_amops() const {
  if (amops_) return *amops_;
  amops_.emplace();
  if (!objects_) return *amops_;
  objects_->for_each<catalog::OperatorClass>([this](const catalog::OperatorClass& opclass) {
    for (const auto& member : opclass.operators) {
      if (!member.sort_family) amops_->push_back(amop_row(member, opclass.family.oid, opclass.method.oid));
    }
  });
  objects_->for_each<catalog::OperatorFamily>([this](const catalog::OperatorFamily& family) {
    for (const auto& member : family.operators) {
      if (!member.sort_family) amops_->push_back(amop_row(member, family.oid, family.method.oid));
    }
  });
  return *amops_;
}

void Syscache::object_amops(std::vector<AmopRow>& out, const std::function<bool(const AmopRow&)>& wanted) const {
  for (const AmopRow& row : own_amops()) {
    if (wanted(row)) out.push_back(row);
  }
}

std::optional<OpclassRow> Syscache::opclass(Oid oid) const {
  if (const auto* row = builtin_.opclass_by_oid(oid); row && catalog::is_builtin(oid)) {
    return OpclassRow{row->oid,       row->opcname,   row->opcnamespace, row->opcmethod,
                      row->opcfamily, row->opcintype, row->opcdefault};
  }
  for (const OpclassRow& row : own_opclasses()) {
    if (row.oid == oid) return row;
  }
  return std::nullopt;
}

bool Syscache::built_in_types_are_as_shipped() const {
  if (!objects_) return true;
  if (as_shipped_) return *as_shipped_;
  bool touched = false;
  objects_->for_each<catalog::Cast>([&](const catalog::Cast& cast) {
    touched = touched || (catalog::is_builtin(cast.source.type) && catalog::is_builtin(cast.target.type));
  });
  for (const OpclassRow& row : own_opclasses()) {
    const bool compares = row.access_method == btree_access_method || row.access_method == hash_access_method;
    touched = touched || (compares && row.is_default && catalog::is_builtin(row.input_type));
  }
  as_shipped_ = !touched;
  return *as_shipped_;
}

std::unordered_map<Oid, TypeOperators>& Syscache::type_operator_memory(Oid type) const {
  return catalog::is_builtin(type) && built_in_types_are_as_shipped() ? builtin_rows_->type_operators : own_type_operators_;
}

Oid* Syscache::operator_memory(std::string_view name, Oid left, Oid right) const {
  if (!catalog::is_builtin(left) || !catalog::is_builtin(right) || !built_in_types_are_as_shipped()) return nullptr;
  std::vector<Oid> own;
  for (Oid schema : search_path_) object_operators(schema, name, own);
  if (!own.empty() || path_position(catalog::builtin::pg_catalog_namespace) < 0) return nullptr;
  return &builtin_rows_->chosen_operators[std::string(name)][pair_key(left, right)];
}

Oid Syscache::opclass_named(Oid access_method, Oid schema, std::string_view name) const {
  for (const OpclassRow& row : opclasses_of(access_method)) {
    if (row.schema == schema && row.name == name) return row.oid;
  }
  return invalid_oid;
}

}  // namespace pgplumb::engine::analyze
