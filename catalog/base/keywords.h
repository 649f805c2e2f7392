#pragma once
// The words that quote_identifier() must quote.
#include <string_view>

namespace pgplumb::catalog {

/// Whether `word` is a key word of any category but "unreserved" in any PostgreSQL from 13 to 18 (kwlist.h of each):
/// what is quoted for the newest server is understood by the oldest.
bool keyword_needs_quotes(std::string_view word);

}  // namespace pgplumb::catalog
