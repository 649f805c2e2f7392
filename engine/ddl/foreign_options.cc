#include "engine/ddl/foreign_options.h"

#include <algorithm>

#include "catalog/base/diagnostic.h"
#include "engine/ddl/def_elem.h"

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

}  // namespace

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
