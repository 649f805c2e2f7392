#include "engine/ddl/foreign_options.h"

#include <algorithm>

#include "catalog/base/diagnostic.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"

namespace pgplumb::engine::ddl {

using catalog::Options;
using catalog::SqlError;

namespace {

Options::iterator find_option(Options& options, std::string_view name) {
  return std::find_if(options.begin(), options.end(), [&](const std::string& option) {
    return option.size() > name.size() && option[name.size()] == '=' && option.compare(0, name.size(), name) == 0;
  });
}

std::string entry(ast::DefElem option) {
  return catalog::visible_option(std::string(option.defname()) + "=" + def_string(option));
}

struct ConnectionOption {
  std::string_view name;
  ForeignOptionContext context = ForeignOptionContext::server;
  int since = 0;
};
constexpr ConnectionOption connection_options[] = {
    {"authtype"},        {"service"},  {"user", ForeignOptionContext::user_mapping},
    {"password", ForeignOptionContext::user_mapping},
    {"connect_timeout"}, {"dbname"},   {"host"},
    {"hostaddr"},        {"port"},     {"tty"},
    {"options"},         {"requiressl"}, {"sslmode"},
    {"gsslib"},          {"gssdelegation", ForeignOptionContext::server, 17},
};

constexpr Oid postgresql_fdw_validator = 2316;

std::string valid_options(int major, ForeignOptionContext context) {
  std::string names;
  for (const ConnectionOption& known : connection_options)
    if (known.context == context && known.since <= major)
      names += (names.empty() ? "" : ", ") + std::string(known.name);
  return names;
}

[[noreturn]] void invalid_foreign_option(int major, std::string_view name, ForeignOptionContext context) {
  const std::string valid = valid_options(major, context);
  throw SqlError("42601", "invalid option \"" + std::string(name) + "\"", {},
                 valid.empty() ? "There are no valid options in this context."
                               : "Valid options in this context are: " + valid);
}

}  // namespace

void validate_foreign_options(const Interpreter& interpreter, catalog::AnyRef validator, const Options& options,
                              ForeignOptionContext context) {
  if (validator.oid != postgresql_fdw_validator) return;
  for (const std::string& option : options) {
    const std::string_view name = std::string_view(option).substr(0, option.find('='));
    const auto allows = [&](const ConnectionOption& known) {
      return known.name == name && known.context == context && known.since <= interpreter.major();
    };
    if (std::none_of(std::begin(connection_options), std::end(connection_options), allows))
      invalid_foreign_option(interpreter.major(), name, context);
  }
}

void validate_foreign_options(const Interpreter& interpreter, catalog::Ref<catalog::ForeignServer> server,
                              const Options& options, ForeignOptionContext context) {
  const auto* wrapper =
      interpreter.catalog().find_as<catalog::ForeignDataWrapper>(interpreter.catalog().get(server).wrapper.oid);
  if (wrapper) validate_foreign_options(interpreter, wrapper->validator, options, context);
}

catalog::Ref<catalog::ForeignServer> foreign_server_to_use(const Interpreter& interpreter, std::string_view name) {
  const Address server = find_unqualified(interpreter, ast::ObjectType::OBJECT_FOREIGN_SERVER, name);
  require_privilege(interpreter, *server.object, usage_privilege);
  return {server.oid};
}

Options change_foreign_options(Options options, ast::List<ast::Node> list) {
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    const std::string name(option.defname());
    const auto known = find_option(options, name);
    const bool exists = known != options.end();
    switch (option.defaction()) {
      case ast::DefElemAction::DEFELEM_DROP:
        if (!exists) throw SqlError("42704", "option \"" + name + "\" not found");
        options.erase(known);
        break;
      case ast::DefElemAction::DEFELEM_SET:
        if (!exists) throw SqlError("42704", "option \"" + name + "\" not found");
        *known = entry(option);
        break;
      default:
        if (exists) throw SqlError("42710", "option \"" + name + "\" provided more than once");
        options.push_back(entry(option));
        break;
    }
  }
  return options;
}

}  // namespace pgplumb::engine::ddl
