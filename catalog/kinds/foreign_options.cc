#include "catalog/kinds/foreign_options.h"

namespace pgplumb::catalog {

std::string visible_option(std::string_view name_and_value) {
  const std::string_view name = name_and_value.substr(0, name_and_value.find('='));
  std::string_view harmless = PGPLUMB_HARMLESS_OPTIONS;
  while (!harmless.empty()) {
    const std::size_t end = std::min(harmless.find('|'), harmless.size());
    if (harmless.substr(0, end) == name) return std::string(name_and_value);
    harmless.remove_prefix(std::min(end + 1, harmless.size()));
  }
  return std::string(name) + "=(hidden)";
}

}  // namespace pgplumb::catalog
