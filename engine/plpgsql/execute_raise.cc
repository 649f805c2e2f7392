// RAISE and GET DIAGNOSTICS: exec_stmt_raise and exec_stmt_getdiag.
#include "engine/plpgsql/conditions.h"
#include "engine/plpgsql/executor.h"

namespace pgplumb::engine::plpgsql {

namespace {

const char* option_name(RaiseOption option) {
  switch (option) {
    case RaiseOption::errcode:
      return "ERRCODE";
    case RaiseOption::message:
      return "MESSAGE";
    case RaiseOption::detail:
      return "DETAIL";
    case RaiseOption::hint:
      return "HINT";
    case RaiseOption::column:
      return "COLUMN";
    case RaiseOption::constraint:
      return "CONSTRAINT";
    case RaiseOption::datatype:
      return "DATATYPE";
    case RaiseOption::table:
      return "TABLE";
    default:
      return "SCHEMA";
  }
}

/// A condition's name or an SQLSTATE: plpgsql_recognize_err_condition.
std::string code_of(const std::string& condition) {
  if (is_sqlstate(condition)) return condition;
  const auto known = sqlstates_named(condition);
  if (known.empty()) throw SqlError("42704", "unrecognized exception condition \"" + condition + "\"");
  return std::string(known.front());
}

/// What RAISE says, as its options fill it in.
struct Report {
  std::optional<std::string> code, message, detail, hint;

  std::optional<std::string>* field(RaiseOption option) {
    switch (option) {
      case RaiseOption::errcode:
        return &code;
      case RaiseOption::message:
        return &message;
      case RaiseOption::detail:
        return &detail;
      case RaiseOption::hint:
        return &hint;
      default:
        return nullptr;
    }
  }
};

void set_once(std::optional<std::string>& field, std::string value, RaiseOption option) {
  if (field) throw SqlError("42601", std::string("RAISE option already specified: ") + option_name(option));
  field = std::move(value);
}

}  // namespace

std::string Executor::formatted(const Raise& statement) {
  std::string message;
  std::size_t next = 0;
  for (std::size_t i = 0; i < statement.format.size(); ++i) {
    const char c = statement.format[i];
    if (c != '%') {
      message += c;
    } else if (i + 1 < statement.format.size() && statement.format[i + 1] == '%') {
      message += '%';
      ++i;
    } else {
      const Value value = evaluate(statement.arguments[next++]);
      message += value.is_null() ? "<NULL>" : value.is_unknown() ? "<unknown>" : text_of(value);
    }
  }
  return message;
}

Flow Executor::execute(const Raise& statement) {
  using Level = Raise::Level;
  if (statement.rethrow) {
    if (caught_.empty())
      throw SqlError("0Z002", "RAISE without parameters cannot be used outside an exception handler");
    throw *caught_.back();
  }
  Report report;
  if (!statement.condition.empty()) {
    report.code = code_of(statement.condition);
    report.message = statement.condition;
  }
  if (statement.has_format) report.message = formatted(statement);
  bool code_given = !statement.condition.empty();
  bool message_given = report.message.has_value();
  if (statement.has_format == false && !statement.condition.empty()) message_given = false;
  for (const auto& [option, sql] : statement.options) {
    const Value value = evaluate(sql);
    if (value.is_null()) throw SqlError("22004", "RAISE statement option cannot be null");
    std::string text = value.is_unknown() ? "<unknown>" : text_of(value);
    if (option == RaiseOption::errcode) {
      if (code_given) throw SqlError("42601", "RAISE option already specified: ERRCODE");
      code_given = true;
      report.code = code_of(text);
      if (!report.message) report.message = text;
    } else if (option == RaiseOption::message) {
      if (message_given) throw SqlError("42601", "RAISE option already specified: MESSAGE");
      message_given = true;
      report.message = std::move(text);
    } else if (auto* field = report.field(option)) {
      set_once(*field, std::move(text), option);
    }
  }
  const std::string code = report.code.value_or(statement.level == Level::exception ? "P0001" : "00000");
  const std::string message = report.message.value_or(code);
  if (statement.level == Level::exception)
    throw SqlError(code, message, report.detail.value_or(""), report.hint.value_or(""));
  if (statement.level == Level::warning) interpreter_.warning(message, report.code.value_or("01000"));
  if (statement.level == Level::notice || statement.level == Level::info)
    interpreter_.notice(message, report.detail.value_or(""));
  return {};
}

Value Executor::diagnostic(const std::string& item) const {
  constexpr Oid text = catalog::types::text;
  if (item == "row_count") return row_count_;
  const SqlError* error = caught_.empty() ? nullptr : caught_.back();
  if (item == "returned_sqlstate" && error) return Value::of(text, error->sqlstate);
  if (item == "message_text" && error) return Value::of(text, error->message);
  if (item == "pg_exception_detail" && error) return Value::of(text, error->detail);
  if (item == "pg_exception_hint" && error) return Value::of(text, error->hint);
  return Value::unknown(text, "the diagnostics item " + item);
}

Flow Executor::execute(const GetDiagnostics& statement) {
  if (statement.stacked && caught_.empty())
    throw SqlError("0Z002", "GET STACKED DIAGNOSTICS cannot be used outside an exception handler");
  for (const auto& [place, item] : statement.items) assign(place, diagnostic(item));
  return {};
}

}  // namespace pgplumb::engine::plpgsql
