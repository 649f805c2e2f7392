#include "engine/transaction.h"

#include <algorithm>

#include "catalog/base/diagnostic.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine {

using ast::TransactionStmtKind;
using catalog::NotSimulated;
using catalog::SqlError;

void Transaction::restore(const SavePoint& point) {
  catalog_.rollback_to(point.mark);
  session_.restore(point.session);
}

void Transaction::require_block(const std::string& command) const {
  if (!in_block()) throw SqlError("25P01", command + " can only be used in transaction blocks");
}

void Transaction::commit() {
  if (commit_action_) commit_action_();
  new_enums_.clear();
  dropped_on_commit_.clear();
  invalidations_.reset();
  savepoints_.clear();
  session_.end_transaction();
  catalog_.forget_undo();
  block_ = Block::none;
  aborted_ = false;
}

void Transaction::rollback() {
  restore(start_);
  new_enums_.clear();
  invalidations_.reset();
  dropped_on_commit_.clear();
  savepoints_.clear();
  block_ = Block::none;
  aborted_ = false;
}

std::optional<std::string> Transaction::begin() {
  if (block_ == Block::explicit_) return "there is already a transaction in progress";
  // Within several statements sent as one, what was done before BEGIN belongs to the block as well.
  if (block_ == Block::none) start_ = save();
  block_ = Block::explicit_;
  return std::nullopt;
}

std::optional<std::string> Transaction::end(bool commit_it, bool chain) {
  if (chain && block_ != Block::explicit_)
    throw SqlError("25P01", std::string(commit_it ? "COMMIT" : "ROLLBACK") + " AND CHAIN can only be used in transaction blocks");
  const bool warn = block_ != Block::explicit_;
  const bool had_block = in_block();
  if (commit_it && !aborted_)
    commit();
  else if (had_block)
    rollback();
  if (chain) begin();
  return warn ? std::optional<std::string>("there is no transaction in progress") : std::nullopt;
}

std::vector<Transaction::Level>::iterator Transaction::find_savepoint(Name name) {
  const auto found = std::find_if(savepoints_.rbegin(), savepoints_.rend(),
                                  [&](const Level& level) { return level.name == name; });
  if (found == savepoints_.rend()) throw SqlError("3B001", "savepoint \"" + name.str() + "\" does not exist");
  return std::prev(found.base());
}

std::optional<std::string> Transaction::execute(ast::TransactionStmt statement) {
  const Name name(statement.savepoint_name());
  switch (statement.kind()) {
    case TransactionStmtKind::TRANS_STMT_BEGIN:
    case TransactionStmtKind::TRANS_STMT_START:
      return begin();
    case TransactionStmtKind::TRANS_STMT_COMMIT:
      return end(true, statement.chain());
    case TransactionStmtKind::TRANS_STMT_ROLLBACK:
      return end(false, statement.chain());
    case TransactionStmtKind::TRANS_STMT_SAVEPOINT:
      if (block_ != Block::explicit_) throw SqlError("25P01", "SAVEPOINT can only be used in transaction blocks");
      savepoints_.push_back({name, save()});
      return std::nullopt;
    case TransactionStmtKind::TRANS_STMT_RELEASE:
      require_block("RELEASE SAVEPOINT");
      savepoints_.erase(find_savepoint(name), savepoints_.end());
      if (invalidations_) invalidations_->level = std::min(invalidations_->level, savepoints_.size());
      return std::nullopt;
    case TransactionStmtKind::TRANS_STMT_ROLLBACK_TO: {
      require_block("ROLLBACK TO SAVEPOINT");
      const auto level = find_savepoint(name);
      restore(level->point);
      savepoints_.erase(std::next(level), savepoints_.end());
      if (invalidations_ && invalidations_->level >= savepoints_.size()) invalidations_.reset();
      aborted_ = false;
      return std::nullopt;
    }
    case TransactionStmtKind::TRANS_STMT_PREPARE:
      // The session is rid of the transaction, whose fate is decided elsewhere.
      if (in_block()) rollback();
      throw NotSimulated("a two-phase commit");
    default:
      throw NotSimulated("a two-phase commit");
  }
}

void Transaction::begin_implicit() {
  if (in_block()) return;
  start_ = save();
  block_ = Block::implicit;
}

void Transaction::end_implicit() {
  if (block_ != Block::implicit) return;
  if (aborted_)
    rollback();
  else
    commit();
}

void Transaction::settle_invalidations() {
  if (invalidations_ && invalidations_->mark != catalog_.mark()) invalidations_.reset();
}

void Transaction::statement_failed() {
  if (in_block()) aborted_ = true;
}

void Transaction::statement_done() {
  if (!in_block()) commit();
}

}  // namespace pgplumb::engine
