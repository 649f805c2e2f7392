// What hangs on what after scripts were run in memory: the rows that pg_depend would hold between the objects made.
//   pgplumb_dependencies MAJOR FILE…
// Runs the files in order, each in a session of its own, and goes on after what is refused. Prints a JSON line a
// dependency: "object" and "on" as pg_describe_object() names them under search_path = '', "type" as pg_depend.deptype.
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "catalog/json.h"
#include "engine/analyze/syscache.h"
#include "engine/bootstrap.h"
#include "engine/ddl/dependency_type.h"
#include "engine/ddl/object_description.h"
#include "engine/simulate.h"

namespace {

using namespace pgplumb;
using engine::ddl::Dependency;
using engine::ddl::DependencyType;

constexpr catalog::Oid pg_catalog = 11;

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(fmt::format("cannot read {}", path));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string_view letter(DependencyType type) {
  switch (type) {
    case DependencyType::normal: return "n";
    case DependencyType::automatic: return "a";
    case DependencyType::internal: return "i";
    case DependencyType::extension: return "e";
    case DependencyType::partition: return "P";
  }
  return "n";
}

catalog::Catalog run(int major, int count, char** paths) {
  catalog::SourceMap sources;
  std::vector<engine::ScriptRun> runs;
  for (int i = 0; i < count; ++i) {
    engine::ScriptRun run;
    run.source.file = sources.add({paths[i], read_file(paths[i]), ""});
    runs.push_back(std::move(run));
  }
  engine::SimulateOptions options;
  options.environment.major = major;
  options.keep_going = true;
  return engine::simulate(runs, sources, engine::fresh_database(major), options).catalog;
}

void print(const catalog::Catalog& catalog) {
  const engine::analyze::Syscache names(catalog.major(), &catalog, {pg_catalog});
  catalog.for_each([&](const catalog::Object& object) {
    if (catalog::kind_info(object.kind).catalog_oid == catalog::invalid_oid) return;  // a grant: no row of a catalog
    for (const Dependency& dependency : engine::ddl::dependencies_of(catalog, object)) {
      if (engine::ddl::is_sub_object(object) && dependency.oid == object.parent.oid) continue;  // one object in pg_depend
      catalog::JsonWriter out;
      out.begin_object().key("object").string(engine::ddl::describe_object(names, object));
      out.key("on").string(engine::ddl::describe_object(names, *catalog.find(dependency.oid)));
      out.key("type").string(letter(dependency.type)).end_object();
      std::cout << out.take() << '\n';
    }
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: pgplumb_dependencies MAJOR FILE...\n";
    return 1;
  }
  try {
    print(run(std::stoi(argv[1]), argc - 2, argv + 2));
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
