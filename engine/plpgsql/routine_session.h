#pragma once
// The session that a routine runs in: fmgr_security_definer of utils/fmgr/fmgr.c.
#include "catalog/kinds/routine.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::plpgsql {

/// Applies SET clauses and SECURITY DEFINER, and takes them back at the end; what else the routine has set stays.
class RoutineSession {
 public:
  RoutineSession(Session& session, const catalog::Routine& routine);
  ~RoutineSession();
  RoutineSession(const RoutineSession&) = delete;
  RoutineSession& operator=(const RoutineSession&) = delete;

 private:
  void apply(const std::string& name, std::string value);

  Session& session_;
  Session::Saved before_;
  std::vector<std::string> names_;
};

}  // namespace pgplumb::engine::plpgsql
