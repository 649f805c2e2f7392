#pragma once
// psql's backslash commands, sorted by what they do to a schema (psql's command.c).
#include <string>
#include <string_view>
#include <vector>

namespace pgplumb::parser {

enum class MetaEffect {
  none,         // shows, formats, or talks to the person at the terminal
  connect,      // \connect: a new session
  control,      // decides what runs, and how: variables, conditions, included files, \g and its kin
  unsupported,  // runs something that is not in this file, or that nobody knows beforehand
};

struct MetaCommand {
  std::string name;  // without the backslash
  std::vector<std::string> arguments;
  MetaEffect effect = MetaEffect::none;
  std::string reason;  // why it is not simulated, where it is not
};

/// `text` begins with the backslash and holds the line's rest.
MetaCommand read_meta_command(std::string_view text);

/// Where the command that begins with the backslash at `offset` ends: before the next backslash outside quotes, or at
/// the line's end (psqlscanslash.l).
std::size_t meta_command_end(std::string_view text, std::size_t offset);

/// Whether the command sends the statement that stands before it without a semicolon: \g, \gset, \gexec, …
bool sends_query(std::string_view text);

}  // namespace pgplumb::parser
