#pragma once
// Characters of UTF-8 texts.
#include <string>
#include <string_view>
#include <vector>

namespace pgplumb::engine::evaluate {

/// The characters, each with all of its bytes.
std::vector<std::string_view> characters(std::string_view text);
std::size_t character_count(std::string_view text);
std::string joined(const std::vector<std::string_view>& characters, std::size_t begin, std::size_t end);
/// ASCII letters only, as the collation C has it; NotSimulated for others, whose case depends on the server's locale.
std::string lower_case(std::string_view text);
std::string upper_case(std::string_view text);

}  // namespace pgplumb::engine::evaluate
