#pragma once
// What a connection carries from statement to statement: its parameters (guc.c), and with them its role, its search_path
// and its temporary schema. Everything here follows transactions: a rollback gives back an earlier State.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/ids.h"
#include "catalog/base/name.h"

namespace pgplumb::parser {
class KeptTree;
}

namespace pgplumb::engine {

using catalog::Name;
using catalog::Oid;

/// How long a SET lasts.
enum class SetScope { session, local };

class Session {
 public:
  /// `user`: the role that connects. `defaults`: parameters that the server, database or role has set, by lower-case name.
  Session(int major, Name user, std::map<std::string, std::string> defaults = {});

  // --- Parameters ----------------------------------------------------------------------------------------------------
  /// The value in effect, as SHOW without units would give it; nothing for a parameter that is not known.
  std::optional<std::string> parameter(std::string_view name) const;
  /// Likewise, for a boolean parameter that PostgreSQL knows.
  bool flag(std::string_view name) const;
  /// Sets a parameter whose value has been checked; throws SqlError 42704 where there is none of that name.
  void set_parameter(std::string_view name, std::string value, SetScope scope = SetScope::session);
  void reset_parameter(std::string_view name, SetScope scope = SetScope::session);
  void reset_all();

  // --- Roles ---------------------------------------------------------------------------------------------------------
  Name login_user() const { return login_user_; }
  Name session_user() const;
  Name current_user() const { return effective().current_user; }

  // --- Names ---------------------------------------------------------------------------------------------------------
  /// The entries of search_path as set, "$user" replaced; whether such schemas exist is not asked. Valid until a change.
  const std::vector<Name>& search_path() const { return effective().search_path; }
  /// The schema of the session's temporary objects; invalid_oid before there are any.
  Oid temporary_schema() const { return state_->temporary_schema; }
  void set_temporary_schema(Oid schema);

  // --- Prepared statements: no transaction undoes them ---------------------------------------------------------------
  /// The PREPARE statements, by name.
  std::map<Name, std::shared_ptr<const parser::KeptTree>>& prepared_statements() { return prepared_; }

  // --- Undoing -------------------------------------------------------------------------------------------------------
  struct State {
    std::map<std::string, std::string, std::less<>> values;  // of SET
    std::map<std::string, std::string, std::less<>> locals;  // of SET LOCAL
    Oid temporary_schema = catalog::invalid_oid;
  };
  using Saved = std::shared_ptr<const State>;
  Saved save() const { return state_; }
  void restore(Saved state) { state_ = std::move(state); }
  /// What SET LOCAL did ends with its transaction.
  void end_transaction();

 private:
  /// What is asked for all the time, worked out once for a State.
  struct Effective {
    Saved of;
    Name current_user;
    std::vector<Name> search_path;
  };
  const Effective& effective() const;
  State& change();
  bool is_known(const std::string& key) const;

  int major_;
  Name login_user_;
  std::map<std::string, std::string> defaults_;
  Saved state_ = std::make_shared<State>();
  mutable Effective effective_;
  std::map<Name, std::shared_ptr<const parser::KeptTree>> prepared_;
};

/// Splits a list of identifiers as SplitIdentifierString of varlena.c does: folded to lower case unless quoted, cut to 63
/// bytes. Nothing where the text is no such list.
std::optional<std::vector<std::string>> split_identifiers(std::string_view text);

/// Gives back a session's state at the end of a scope: for SET clauses of routines and CREATE SCHEMA's search_path.
class SessionGuard {
 public:
  explicit SessionGuard(Session& session) : session_(session), saved_(session.save()) {}
  ~SessionGuard() { session_.restore(saved_); }
  SessionGuard(const SessionGuard&) = delete;
  SessionGuard& operator=(const SessionGuard&) = delete;

 private:
  Session& session_;
  Session::Saved saved_;
};

}  // namespace pgplumb::engine
