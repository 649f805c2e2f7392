#pragma once
// What an expression yields: PostgreSQL's Datum as text.
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/ids.h"
#include "catalog/ref.h"

namespace pgplumb::engine::evaluate {

using catalog::invalid_oid;
using catalog::Oid;
using catalog::TypeRef;

/// A value of a type. Known values are kept in the type's canonical output form, as catalog::expr::Const has them
/// (times in UTC, ISO dates, 't' and 'f'), but for two: regclass, regtype and their kin are the digits of the oid that
/// they name, and the text of an anonymous record has each field's canonical form. `output` gives what a client would
/// see.
struct Value {
  enum class State : std::uint8_t {
    null,
    known,
    unknown,  // it depends on what this program does not know: rows of users' tables, random numbers, the server's
              // state
  };
  Oid type = invalid_oid;
  State state = State::null;
  std::string text;  // unknown: the reason, for whoever would have to decide by it

  static Value null(Oid type) { return {type, State::null, {}}; }
  static Value of(Oid type, std::string text) { return {type, State::known, std::move(text)}; }
  static Value unknown(Oid type, std::string reason) { return {type, State::unknown, std::move(reason)}; }
  static Value boolean(bool value) { return {16, State::known, value ? "t" : "f"}; }

  bool is_null() const { return state == State::null; }
  bool is_known() const { return state == State::known; }
  bool is_unknown() const { return state == State::unknown; }
  friend bool operator==(const Value&, const Value&) = default;
};

struct ResultColumn {
  std::string name;
  TypeRef type;
};

struct ResultSet {
  std::vector<ResultColumn> columns;
  std::vector<std::vector<Value>> rows;
};

}  // namespace pgplumb::engine::evaluate
