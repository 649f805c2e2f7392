#pragma once
// How SQL names the objects of one catalog: qualified, quoted where needed, with the arguments that tell overloads apart.
#include <string>
#include <vector>

#include "catalog/freeze.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/routine.h"

namespace pgplumb::diff {

class SqlNames {
 public:
  explicit SqlNames(const catalog::SealedCatalog& sealed) : sealed_(&sealed) {}

  const catalog::SealedCatalog& sealed() const { return *sealed_; }
  const catalog::Catalog& catalog() const { return sealed_->catalog(); }

  /// "public.orders", "plpgsql"; of what lives inside a relation, its own name alone.
  std::string qualified(const catalog::Object& object) const;
  /// The same of what is referred to, built-in rows included; those of pg_catalog without their schema. A routine
  /// without its arguments.
  std::string qualified(catalog::AnyRef ref) const;
  /// The object's parent, qualified.
  std::string parent(const catalog::Object& object) const { return qualified(object.parent); }
  /// As COMMENT ON and DROP want it: "COLUMN public.orders.price", "POLICY mine ON public.orders",
  /// "FUNCTION public.f(integer)".
  std::string address(const catalog::Object& object) const;
  std::string address(catalog::AnyRef ref) const;

  std::string type(catalog::TypeRef type) const { return sealed_->names().type_name(type); }
  /// "integer, text"
  std::string types(const std::vector<catalog::TypeRef>& types) const;
  /// "a, b"
  std::string columns(const std::vector<catalog::Ref<catalog::Column>>& columns) const;
  /// The operator as it stands between operands: "=", "OPERATOR(public.=)".
  std::string infix(catalog::AnyRef oper) const;
  /// "public.=", as CREATE OPERATOR CLASS wants it.
  std::string operator_name(catalog::AnyRef oper) const;
  /// "public.f(integer)": name and input arguments of a routine, user's or built in.
  std::string signature(catalog::AnyRef routine) const;

 private:
  std::string routine_signature(const catalog::Routine& routine) const;
  const catalog::SealedCatalog* sealed_;
};

/// "a, b, c"
std::string join(const std::vector<std::string>& parts, std::string_view separator = ", ");
/// The name itself, or in double quotes where SQL needs them.
std::string quoted(catalog::Name name);
/// A role as GRANT and CREATE POLICY name it: PUBLIC for the empty name and "public".
std::string role_name(catalog::Name role);

}  // namespace pgplumb::diff
