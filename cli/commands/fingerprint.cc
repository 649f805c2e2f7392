// pgplumb fingerprint: one hash for a schema, or one for each object.
#include <fmt/format.h>

#include "catalog/base/diagnostic.h"
#include "cli/command.h"
#include "cli/config.h"

namespace pgplumb::cli {

void add_fingerprint(CLI::App& app, Outcome& outcome);

namespace {

struct FingerprintOptions {
  std::string source;
  LoadOptions load;
  bool objects = false;
};

void run_fingerprint(FingerprintOptions& options, Outcome& outcome) {
  const LoadedSource source = load(parse_source(source_or_default(options.source, "fingerprint")), options.load);
  std::string out;
  if (options.objects)
    for (const catalog::SealedObject& object : source.sealed->objects())
      out += fmt::format("{}  {}\n", object.content.hex(), object.key.text());
  else
    out = source.sealed->root().hex() + "\n";
  // A hash of what was not wholly understood could pass for that of the real schema.
  if (report_unsure(source)) {
    outcome.status = status_error;
    return;
  }
  write_output("", out);
}

}  // namespace

void add_fingerprint(CLI::App& app, Outcome& outcome) {
  auto options = std::make_shared<FingerprintOptions>();
  CLI::App* command = app.add_subcommand("fingerprint", "one hash for a schema, or one for each object");
  command->footer(
      "XXH3-128 over the normalised schema: equal schemas have equal fingerprints. It guards against accidents, not\n"
      "against an adversary.\n\nExample:\n  pgplumb fingerprint migrations/ --objects");
  command->add_option("SOURCE", options->source, "what to read");
  command->add_flag("--objects", options->objects, "one hash an object");
  add_load_options(*command, options->load);
  command->callback([options, &outcome] { run_fingerprint(*options, outcome); });
}

}  // namespace pgplumb::cli
