// Every expression and query of a live database, analysed and printed again: all of them must be fixed points.
//   pgplumb_audit CONNINFO
// Prints a line of JSON a text that is none, and one with the counts by kind and field at the end.
#include <fmt/format.h>

#include <iostream>
#include <map>

#include "catalog/json.h"
#include "engine/audit.h"
#include "engine/introspect/introspect.h"

namespace {

using namespace pgplumb;
using engine::AuditedText;
using engine::AuditOutcome;

using Counts = std::map<std::string, std::map<std::string, std::int64_t>>;

std::string line_of(const AuditedText& audited) {
  catalog::JsonWriter out;
  out.begin_object();
  auto add = [&out](std::string_view key, std::string_view value) { out.key(key).string(value); };
  add("kind", catalog::kind_info(audited.object.key.kind).word);
  add("identity", audited.object.key.identity);
  add("field", audited.field.name);
  add("outcome", word_of(audited.outcome));
  add("server", audited.text);
  add("ours", audited.printed);
  add("reason", audited.reason.empty() ? audited.unresolved : audited.reason);
  out.end_object();
  return out.take();
}

std::string counts_line(const Counts& counts) {
  catalog::JsonWriter out;
  out.begin_object();
  for (const auto& [label, outcomes] : counts) {
    out.key(label).begin_object();
    for (const auto& [word, number] : outcomes) out.key(word).integer(number);
    out.end_object();
  }
  out.end_object();
  return out.take();
}

bool audit(const char* target) {
  engine::ConnectionSettings settings;
  settings.target = target;
  engine::LiveCatalog live = engine::introspect(settings);
  const auto sealed = catalog::freeze(std::make_shared<const catalog::Catalog>(std::move(live.catalog)));
  Counts counts;
  bool all = true;
  engine::audit(sealed, [&](const AuditedText& audited) {
    const std::string label =
        fmt::format("{}.{}", catalog::kind_info(audited.object.key.kind).word, audited.field.name);
    ++counts[label][std::string(word_of(audited.outcome))];
    if (audited.outcome == AuditOutcome::fixpoint) return;
    all = false;
    std::cout << line_of(audited) << "\n";
  });
  std::cout << counts_line(counts) << "\n";
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: pgplumb_audit CONNINFO\n";
    return 2;
  }
  return audit(argv[1]) ? 0 : 1;
}
