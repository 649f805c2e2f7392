#pragma once
// Transaction blocks, subtransactions and what they undo: xact.c without storage.
#include <functional>
#include <optional>
#include <vector>

#include "catalog/catalog.h"
#include "engine/session.h"
#include "parser/ast/ast_fwd.h"

namespace pgplumb::engine {

namespace ast = parser::ast;

/// A point that catalog and session can be brought back to.
struct SavePoint {
  catalog::Catalog::Mark mark = 0;
  Session::Saved session;
};

class Transaction {
 public:
  Transaction(catalog::Catalog& catalog, Session& session) : catalog_(catalog), session_(session) {}

  /// Whether statements share a transaction: a block, or several statements that were sent as one.
  bool in_block() const { return block_ != Block::none; }
  bool aborted() const { return aborted_; }

  SavePoint save() const { return {catalog_.mark(), session_.save()}; }
  void restore(const SavePoint& point);

  /// BEGIN, COMMIT, ROLLBACK, SAVEPOINT …; gives a warning's text where PostgreSQL warns. `on_commit` runs before the
  /// transaction's changes become final.
  std::optional<std::string> execute(ast::TransactionStmt statement);
  /// Several statements sent as one string: one transaction, unless they hold transaction commands of their own.
  void begin_implicit();
  void end_implicit();

  /// The connection ends: what is not committed is undone.
  void abandon() {
    if (in_block()) rollback();
  }

  /// A statement has failed and its changes are undone.
  void statement_failed();
  /// A statement outside of any block has ended.
  void statement_done();

  /// Whether a savepoint lies between the transaction and what runs now.
  bool in_subtransaction() const { return !savepoints_.empty(); }
  /// Enumerations that the running transaction has made or added labels to.
  std::vector<Oid>& new_enums() { return new_enums_; }

  /// A command has left invalidation messages that only the next one at its level which changes something processes, a
  /// fault of servers from 15 on: until then, nothing may be changed within a savepoint (PrepareInvalidationState of
  /// utils/cache/inval.c).
  void leave_invalidations() { invalidations_ = {savepoints_.size(), catalog_.mark()}; }
  bool refuses_changes() const { return invalidations_ && invalidations_->level < savepoints_.size(); }
  void process_invalidations() { invalidations_.reset(); }
  /// A statement has ended: if the catalog has changed since they were left, they are processed.
  void settle_invalidations();

  /// Tables of ON COMMIT DROP, of the running transaction.
  std::vector<Oid>& dropped_on_commit() { return dropped_on_commit_; }
  /// Called before a transaction commits: what these lists ask for is to be done then.
  void set_commit_action(std::function<void()> action) { commit_action_ = std::move(action); }

 private:
  enum class Block { none, implicit, explicit_ };
  struct Level {
    Name name;
    SavePoint point;
  };
  struct Invalidations {
    std::size_t level;  // the number of savepoints
    catalog::Catalog::Mark mark;
  };

  std::optional<std::string> begin();
  std::optional<std::string> end(bool commit, bool chain);
  void commit();
  void rollback();
  std::vector<Level>::iterator find_savepoint(Name name);
  void require_block(const std::string& command) const;

  catalog::Catalog& catalog_;
  Session& session_;
  Block block_ = Block::none;
  bool aborted_ = false;
  SavePoint start_;
  std::vector<Level> savepoints_;
  std::vector<Oid> dropped_on_commit_;
  std::vector<Oid> new_enums_;
  std::optional<Invalidations> invalidations_;
  std::function<void()> commit_action_;
};

}  // namespace pgplumb::engine
