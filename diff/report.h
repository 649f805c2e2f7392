#pragma once
// What a command has found out, ready to be shown: no references into catalogs, no names of kinds that a format would
// have to know. Every format (diff/render) shows the same Report.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pgplumb::diff {

enum class Verdict { in_sync, pending, drift, undecided };
std::string_view verdict_word(Verdict verdict);

/// Where something was set.
struct ReportOrigin {
  std::string file;
  std::uint32_t line = 0;  // from 1; 0 where unknown
  std::string migration;   // the layout's name for it; may be empty
  bool empty() const { return file.empty(); }
};

struct ReportField {
  std::string name;
  std::string expected;  // as JSON; empty where there is none
  std::string actual;
  ReportOrigin origin;   // of the expected value
};

struct ReportChange {
  std::string kind;      // "column"
  std::string label;     // in sentences: "column"
  std::string identity;  // "public.users.email"
  std::string change;    // "missing", "unexpected", "altered"
  std::vector<ReportField> fields;
  ReportOrigin origin;   // of the expected object
  std::size_t contained = 0;
  std::string renamed;   // identity of the likely counterpart under another name; empty where none
};

/// Something that was not understood, not seen or not simulated, or a remark.
struct ReportNote {
  std::string message;
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string code;
};

struct ReportStats {
  std::size_t objects = 0;
  std::size_t statements = 0;
  std::size_t expressions = 0;
  std::size_t by_text = 0;
  std::size_t by_analysis = 0;
  std::size_t fixpoint = 0;      // live texts that print as themselves, or as what restoring makes of them
  std::size_t not_fixpoint = 0;  // that do not, or can't be analysed
  std::map<std::string, std::size_t> rules;  // of those equal by analysis: the equivalences that it took, by name
};

struct Report {
  std::string command;   // "check"
  Verdict verdict = Verdict::undecided;
  std::string expected;  // what was compared with what, as the user wrote it; never a password
  std::string actual;
  std::string tool_version;
  std::string grammar_version;
  int server_version_num = 0;  // of the live side; 0 where there is none
  int major = 0;
  std::string expected_hash;
  std::string actual_hash;
  std::vector<ReportChange> changes;
  std::vector<ReportNote> not_simulated;
  std::vector<ReportNote> errors;      // statements that PostgreSQL would refuse
  std::vector<ReportNote> unresolved;  // expressions that could not be analysed
  std::vector<ReportNote> unseen;      // what the role may not see, what is not modelled
  std::vector<ReportNote> pending;     // migrations that the live side has not yet had
  std::vector<ReportNote> clock;       // constants that were read from the clock: equal but for a value that nobody can know
  std::vector<ReportNote> ignored;     // left out on purpose, each counted
  ReportStats stats;
};

/// A canonical JSON value as a person reads it: strings without quotes, lists in brackets; "(none)" for nothing.
std::string display_value(const std::string& json);

}  // namespace pgplumb::diff
