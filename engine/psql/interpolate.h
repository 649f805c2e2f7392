#pragma once
#include <string>
#include <string_view>

#include "engine/psql/variables.h"

namespace pgplumb::engine::psql {

/// What one colon and the text behind it stand for: where the reference ends, 0 where it is none, and its value.
struct Reference {
  std::size_t end = 0;
  std::string value;
};

/// The reference to a variable that begins with the colon. Throws NotSimulated for a value that is not known.
Reference reference_at(std::string_view text, std::size_t colon, const Variables& variables);

/// A statement's text with :name, :'name', :"name" and :{?name} replaced, outside quotes and comments, as psqlscan.l
/// does. A name that is not set stays as it is. Throws NotSimulated for a variable whose value is not known.
std::string interpolate(std::string_view text, const Variables& variables);

}  // namespace pgplumb::engine::psql
