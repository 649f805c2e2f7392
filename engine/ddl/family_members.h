#pragma once
// The members of operator classes and families: what commands/opclasscmds.c checks of them, and whom they belong to.
#include <string>
#include <vector>

#include "catalog/kinds/operator_class.h"
#include "engine/ddl/object_address.h"

namespace pgplumb::engine::ddl {

/// An index access method, as far as its operator classes are concerned (IndexAmRoutine).
struct FamilyMethod {
  Oid oid = invalid_oid;
  Oid works_as = invalid_oid;  // the built-in method whose handler it has
  std::string name;
  int strategies = 0;  // amstrategies; 0: any number
  int functions = 0;   // amsupport; 0: not known
  int options_function = 0;
  bool can_store = false;  // amstorage
};
FamilyMethod family_method(const Interpreter& interpreter, std::string_view name);
void check_storage(const Interpreter& interpreter, const FamilyMethod& method, Oid storage);

struct Members {
  std::vector<catalog::FamilyOperator> operators;
  std::vector<catalog::FamilyFunction> functions;
};

/// Reads the items of one statement.
class MemberReader {
 public:
  /// `input`: of the class; invalid_oid for a family, where every member says its types.
  MemberReader(Interpreter& interpreter, const FamilyMethod& method, Oid input)
      : interpreter_(interpreter), method_(method), input_(input) {}
  void add(ast::CreateOpClassItem item);
  void drop(ast::CreateOpClassItem item);
  const Members& members() const { return members_; }
  Oid storage() const { return storage_; }

 private:
  void add_operator(ast::CreateOpClassItem item);
  void add_function(ast::CreateOpClassItem item);
  void check_number(const char* word, int number, int most) const;

  Interpreter& interpreter_;
  const FamilyMethod& method_;
  Oid input_;
  Oid storage_ = invalid_oid;
  Members members_;
};

/// Throws 42710 where the family has one of the members already.
void check_new_members(const Interpreter& interpreter, Oid family, const Members& members);
/// Gives the class those that it can't be without, and returns the others, which belong to its family
/// (amadjustmembers).
Members split_members(const Interpreter& interpreter, const FamilyMethod& method, catalog::OperatorClass& made,
                      const Members& members);
void add_to_family(Interpreter& interpreter, Oid family, const Members& members);
void drop_from_family(Interpreter& interpreter, const Address& family, const Members& members);

}  // namespace pgplumb::engine::ddl
