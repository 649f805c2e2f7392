#pragma once
// Literals as their type's input and output functions leave them: what PostgreSQL stores in a Const and prints.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/base/ids.h"

namespace pgplumb::engine::analyze {

class Syscache;
struct Settings;

/// A value as text in its type's output form.
struct LiteralValue {
  std::string text;
  catalog::Oid object = catalog::invalid_oid;  // what a reg… value names
  bool certain = true;                         // false: the input function is not known; the text is as written
};

/// What the type's input function makes of `text`, as its output function shows it. `type` is no domain. Errors with the
/// server's SQLSTATE and message where the text is not valid; -1 is no modifier, and a modifier counts for the types that
/// takes_modifier names.
LiteralValue literal_in(const Syscache& cache, const Settings& settings, catalog::Oid type, std::int32_t typmod,
                        std::string_view text);

/// Whether literal_in fits a value of the type to its modifier.
bool takes_modifier(catalog::Oid type);

}  // namespace pgplumb::engine::analyze
