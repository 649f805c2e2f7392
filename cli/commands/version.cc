// pgplumb version: the program's version and the grammar it was linked with.
#include <fmt/format.h>

#include "catalog/json.h"
#include "cli/command.h"
#include "cli/version.h"

namespace pgplumb::cli {

void add_version(CLI::App& app, Outcome& outcome);

void add_version(CLI::App& app, Outcome&) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("version", "print the version, and the grammar it was linked with");
  command->add_flag("--json", *json, "as JSON");
  command->callback([json] {
    if (!*json) return write_output("", version_text() + "\n");
    catalog::JsonWriter out;
    out.begin_object().key("pgplumb").string(tool_version()).key("grammar").string(grammar_version()).end_object();
    write_output("", out.take() + "\n");
  });
}

}  // namespace pgplumb::cli
