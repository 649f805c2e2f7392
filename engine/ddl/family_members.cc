#include "engine/ddl/family_members.h"

#include <algorithm>
#include <array>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/access_method.h"
#include "catalog/kinds/operator_family.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/lookup_operator.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

// The item types of the grammar: OPCLASS_ITEM_OPERATOR and its kin of parsenodes.h.
constexpr int operator_item = 1, function_item = 2, storage_item = 3;

struct MethodFacts {
  Oid oid;
  int strategies, functions, options_function;
  bool can_store;
};
// From each handler: bthandler, hashhandler, gisthandler, ginhandler, spghandler, brinhandler.
constexpr std::array<MethodFacts, 6> facts = {{{403, 5, 6, 5, false},
                                               {405, 1, 3, 3, false},
                                               {783, 0, 12, 10, true},
                                               {2742, 0, 7, 7, true},
                                               {4000, 0, 7, 6, true},
                                               {3580, 0, 15, 5, true}}};

constexpr Oid btree_method = 403, hash_method = 405, gist_method = 783;

/// What assignProcTypes wants of a support function; its arguments tell what it is for where nobody says so.
struct FunctionForm {
  Oid method;
  int number;
  const char* word;
  std::size_t arguments;
  const char* count_word;
  Oid result;
  const char* result_word;
  int left, right;  // the arguments that give the types; -1: none does
  bool takes_internal, same_type;
};
constexpr std::array<FunctionForm, 7> forms = {
    {{btree_method, 1, "comparison", 2, "two arguments", types::int4, "integer", 0, 1, false, false},
     {btree_method, 2, "sort support", 1, "", types::void_, "void", -1, -1, true, false},
     {btree_method, 3, "in_range", 5, "five arguments", types::bool_, "boolean", 0, 2, false, false},
     {btree_method, 4, "equal image", 1, "one argument", types::bool_, "boolean", -1, -1, false, true},
     {btree_method, 6, "skip support", 1, "", types::void_, "void", -1, -1, true, true},
     {hash_method, 1, "hash function 1", 1, "one argument", types::int4, "integer", 0, 0, false, false},
     {hash_method, 2, "hash function 2", 2, "two arguments", types::int8, "bigint", 0, 0, false, false}}};

const FunctionForm* form_of(Oid method, int number) {
  for (const FunctionForm& form : forms)
    if (form.method == method && form.number == number) return &form;
  return nullptr;
}

[[noreturn]] void invalid_function(const std::string& message, std::string hint = {}) {
  throw SqlError("42P17", message, {}, std::move(hint));
}

void apply_form(int major, const FunctionForm& form, const analyze::ProcRow& row, FamilyFunction& member) {
  std::string what = form.word;
  if (form.method == btree_method) what = (major >= 18 ? "ordering " : "btree ") + what + " functions";
  const bool takes_internal = row.args.size() == 1 && row.args[0] == types::internal;
  if (form.takes_internal && !takes_internal) invalid_function(what + " must accept type \"internal\"");
  if (row.args.size() != form.arguments) invalid_function(what + " must have " + form.count_word);
  if (row.result != form.result) invalid_function(what + " must return " + form.result_word);
  if (form.same_type && member.left != member.right) invalid_function(what + " must not be cross-type");
  if (!member.left && form.left >= 0) member.left = {row.args[static_cast<std::size_t>(form.left)], -1};
  if (!member.right && form.right >= 0) member.right = {row.args[static_cast<std::size_t>(form.right)], -1};
}

/// What parses the options of a class belongs to one type (assignProcTypes).
void check_options_function(const analyze::ProcRow& row, const FamilyFunction& member, Oid input) {
  const std::string of = "ssociated data types for operator class options parsing functions must match";
  if (input != invalid_oid && ((member.left && member.left.type != input) || (member.right && member.right.type != input)))
    invalid_function("a" + of + " opclass input type");
  if (input == invalid_oid && member.left != member.right) invalid_function("left and right a" + of);
  if (row.result != types::void_ || row.args.size() != 1 || row.args[0] != types::internal)
    invalid_function("invalid operator class options parsing function",
                     "Valid signature of operator class options parsing function is (internal) RETURNS void.");
}

std::string types_text(const Interpreter& interpreter, Oid left, Oid right) {
  const analyze::Syscache& cache = cache_of(interpreter);
  return "(" + analyze::format_type(cache, left) + "," + analyze::format_type(cache, right) + ")";
}

/// processTypesSpec
std::pair<Oid, Oid> types_of(Interpreter& interpreter, ast::List<ast::Node> list) {
  if (list.size() > 2) throw SqlError("42601", "one or two argument types must be specified");
  const Oid left = require_type(interpreter, list[0].as<ast::TypeName>()).type;
  return {left, list.size() > 1 ? require_type(interpreter, list[1].as<ast::TypeName>()).type : left};
}

bool same_member(const FamilyOperator& a, const FamilyOperator& b) {
  return a.strategy == b.strategy && a.left == b.left && a.right == b.right;
}
bool same_member(const FamilyFunction& a, const FamilyFunction& b) {
  return a.number == b.number && a.left == b.left && a.right == b.right;
}
int member_number(const FamilyOperator& member) { return member.strategy; }
int member_number(const FamilyFunction& member) { return member.number; }

template <class Member>
bool holds_member(const std::vector<Member>& members, const Member& member) {
  return std::any_of(members.begin(), members.end(), [&](const Member& other) { return same_member(other, member); });
}

/// addFamilyMember
template <class Member>
void add_once(const Interpreter& interpreter, std::vector<Member>& members, const Member& member, const char* word) {
  if (holds_member(members, member))
    throw SqlError("42P17", std::string(word) + " number " + std::to_string(member_number(member)) + " for " +
                                types_text(interpreter, member.left.type, member.right.type) +
                                " appears more than once");
  members.push_back(member);
}

/// amsupport. Sorting for gist came with 14; skipping over leading columns, and gist's names of comparisons, with 18.
int functions_of(const MethodFacts& method, int major) {
  if (method.oid == btree_method && major < 18) return method.functions - 1;
  if (method.oid == gist_method && major < 18) return method.functions - (major < 14 ? 2 : 1);
  return method.functions;
}

/// The built-in method that the handler is of; invalid_oid for other handlers.
Oid method_with_handler(int major, Oid handler) {
  for (const auto& row : catalog::builtin::of(major).ams())
    if (row.amhandler == handler) return row.oid;
  return invalid_oid;
}

}  // namespace

FamilyMethod family_method(const Interpreter& interpreter, std::string_view name) {
  FamilyMethod method;
  method.oid = require_access_method(interpreter, name);
  method.name = name;
  const auto* made = interpreter.catalog().find_as<AccessMethod>(method.oid);
  method.works_as = made ? method_with_handler(interpreter.major(), made->handler.oid) : method.oid;
  const auto known =
      std::find_if(facts.begin(), facts.end(), [&](const MethodFacts& fact) { return fact.oid == method.works_as; });
  if (known == facts.end()) {
    if (!made || made->type == AccessMethodType::table)
      throw SqlError("42809", "access method \"" + method.name + "\" is not of type INDEX");
    // What another handler allows is not known.
    method.can_store = true;
    return method;
  }
  method.strategies = known->strategies;
  method.functions = functions_of(*known, interpreter.major());
  method.options_function = known->options_function;
  method.can_store = known->can_store;
  return method;
}

void check_storage(const Interpreter&, const FamilyMethod& method, Oid) {
  if (!method.can_store)
    throw SqlError("42P17",
                   "storage type cannot be different from data type for access method \"" + method.name + "\"");
}

void MemberReader::check_number(const char* word, int number, int most) const {
  const int limit = most > 0 ? most : 32767;
  if (number < 1 || number > limit)
    throw SqlError("42P17", std::string("invalid ") + word + " number " + std::to_string(number) +
                                ", must be between 1 and " + std::to_string(limit));
}

void MemberReader::add(ast::CreateOpClassItem item) {
  if (item.itemtype() == operator_item) return add_operator(item);
  if (item.itemtype() == function_item) return add_function(item);
  if (item.itemtype() != storage_item) return;
  if (input_ == invalid_oid) throw SqlError("42601", "STORAGE cannot be specified in ALTER OPERATOR FAMILY");
  if (storage_ != invalid_oid) throw SqlError("42P17", "storage type specified more than once");
  storage_ = require_type(interpreter_, item.storedtype()).type;
}

void MemberReader::add_operator(ast::CreateOpClassItem item) {
  check_number("operator", item.number(), method_.strategies);
  const ast::ObjectWithArgs name = item.name();
  Oid op = invalid_oid;
  if (!name.objargs().empty()) {
    op = lookup_operator(interpreter_, name);
  } else if (input_ == invalid_oid) {
    throw SqlError("42601", "operator argument types must be specified in ALTER OPERATOR FAMILY");
  } else {
    op = lookup_operator(interpreter_, string_list(name.objname()), input_, input_);
  }
  const analyze::Syscache& cache = cache_of(interpreter_);
  const analyze::OperatorRow& row = *cache.op(op);
  if (row.left == invalid_oid || row.right == invalid_oid) throw SqlError("42P17", "index operators must be binary");
  FamilyOperator member;
  member.strategy = static_cast<std::int16_t>(item.number());
  member.left = {row.left, -1};
  member.right = {row.right, -1};
  member.op = {Kind::operator_, op};
  if (!item.order_family().empty()) {
    const FamilyMethod btree = family_method(interpreter_, "btree");
    member.sort_family = {
        Kind::operator_family,
        find_operator_set(interpreter_, Kind::operator_family, btree.oid, string_list(item.order_family())).oid};
    if (method_.oid == btree_method || method_.oid == hash_method || method_.oid == 2742 || method_.oid == 3580)
      throw SqlError("42P17", "access method \"" + method_.name + "\" does not support ordering operators");
  } else if (row.result != types::bool_) {
    throw SqlError("42P17", "index search operators must return boolean");
  }
  add_once(interpreter_, members_.operators, member, "operator");
}

void MemberReader::add_function(ast::CreateOpClassItem item) {
  check_number("function", item.number(), method_.functions);
  const Oid function = lookup_routine(interpreter_, ast::ObjectType::OBJECT_FUNCTION, item.name());
  const analyze::Syscache& cache = cache_of(interpreter_);
  const analyze::ProcRow& row = *cache.proc(function);
  FamilyFunction member;
  member.number = static_cast<std::int16_t>(item.number());
  member.function = {Kind::function, function};
  if (!item.class_args().empty()) {
    const auto [left, right] = types_of(interpreter_, item.class_args());
    member.left = {left, -1};
    member.right = {right, -1};
  }
  if (item.number() == method_.options_function)
    check_options_function(row, member, input_);
  else if (const FunctionForm* form = form_of(method_.oid, item.number()))
    apply_form(interpreter_.major(), *form, row, member);
  if (!member.left) member.left = {input_, -1};
  if (!member.right) member.right = {input_, -1};
  if (member.left.type == invalid_oid || member.right.type == invalid_oid)
    throw SqlError("42P17", "associated data types must be specified for index support function");
  add_once(interpreter_, members_.functions, member, "function");
}

void MemberReader::drop(ast::CreateOpClassItem item) {
  const auto [left, right] = types_of(interpreter_, item.class_args());
  const bool is_operator = item.itemtype() == operator_item;
  check_number(is_operator ? "operator" : "function", item.number(),
               is_operator ? method_.strategies : method_.functions);
  if (is_operator) {
    FamilyOperator member;
    member.strategy = static_cast<std::int16_t>(item.number());
    member.left = {left, -1};
    member.right = {right, -1};
    add_once(interpreter_, members_.operators, member, "operator");
  } else {
    FamilyFunction member;
    member.number = static_cast<std::int16_t>(item.number());
    member.left = {left, -1};
    member.right = {right, -1};
    add_once(interpreter_, members_.functions, member, "function");
  }
}

}  // namespace pgplumb::engine::ddl
