// Telling sources apart by how they are written, and describing them without their secrets.
#include <fmt/format.h>
#include <libpq-fe.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "catalog/base/diagnostic.h"
#include "cli/config.h"
#include "cli/source.h"

namespace pgplumb::cli {

namespace {

using catalog::UsageError;

bool is_url(const std::string& text) { return text.starts_with("postgres://") || text.starts_with("postgresql://"); }

// "key = value …" with a key that libpq knows: host, dbname, service and so on.
bool is_keyword_string(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return false;
  const std::string word = text.substr(0, text.find_first_of(" \t=", 0));
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> known(PQconndefaults(), PQconninfoFree);
  for (const PQconninfoOption* option = known.get(); option && option->keyword; ++option)
    if (word == option->keyword) return true;
  return false;
}

std::string option_or(const PQconninfoOption* options, const char* keyword, const std::string& otherwise) {
  for (; options && options->keyword; ++options)
    if (std::strcmp(options->keyword, keyword) == 0 && options->val && *options->val) return options->val;
  return otherwise;
}

std::string describe_connection(const std::string& text) {
  char* error = nullptr;
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> parsed(PQconninfoParse(text.c_str(), &error),
                                                                               PQconninfoFree);
  PQfreemem(error);  // it may quote the password: the loader reports the failure in words of its own
  if (!parsed) return "a live database";
  const PQconninfoOption* options = parsed.get();
  const std::string service = option_or(options, "service", "");
  if (!service.empty()) return "service=" + service;
  const std::string host = option_or(options, "host", option_or(options, "hostaddr", ""));
  const std::string port = option_or(options, "port", "");
  return fmt::format("postgres://{}{}{}/{}", host, port.empty() ? "" : ":", port, option_or(options, "dbname", ""));
}

SourceSpec path_spec(const std::string& text) {
  struct stat status;
  if (stat(text.c_str(), &status) != 0) {
    const char* hint = errno == ENOENT ? " (give a directory of migrations, a .sql or .json file, or a postgres:// URL)" : "";
    throw UsageError(fmt::format("cannot read {}: {}{}", text, std::strerror(errno), hint));
  }
  if (S_ISDIR(status.st_mode)) return {SourceKind::migrations, text, text};
  return {text.ends_with(".json") ? SourceKind::snapshot : SourceKind::sql, text, text};
}

}  // namespace

SourceSpec parse_source(const std::string& text) {
  if (text.empty()) throw UsageError("a source is empty: give a directory, a file or a postgres:// URL");
  if (text.front() == '@') return parse_source(find_config().source(text.substr(1)));
  if (is_url(text) || is_keyword_string(text)) return {SourceKind::live, text, describe_connection(text)};
  if (text == "empty:") return {SourceKind::empty, text, text};
  if (text == "-") return {SourceKind::sql, text, "standard input"};
  if (text.starts_with("git:")) return {SourceKind::git, text, text};
  return path_spec(text);
}

}  // namespace pgplumb::cli
