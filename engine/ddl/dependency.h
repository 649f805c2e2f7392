#pragma once
// What goes when something is dropped, and whether it may: catalog/dependency.c without locks and storage.
#include <functional>
#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace pgplumb::engine::ddl {

enum class DropBehavior : std::uint8_t { restrict, cascade };

struct Deletion {
  DropBehavior behavior = DropBehavior::restrict;
  bool quiet = false;            // no notice of what a cascade takes: PERFORM_DELETION_QUIETLY
  bool skip_original = false;    // the named objects stay: PERFORM_DELETION_SKIP_ORIGINAL
  bool skip_extensions = false;  // members of extensions may go: PERFORM_DELETION_SKIP_EXTENSIONS
  /// The extension whose script runs: its own members may go.
  catalog::Oid current_extension = catalog::invalid_oid;
};

/// What a deletion tells the session: getObjectDescription() of an object, and NOTICEs.
struct DeletionReport {
  std::function<std::string(const catalog::Object&)> describe;
  /// What `dependent` hangs on, as it sees it: a table, or its row type.
  std::function<std::string(const catalog::Object& dependent, const catalog::Object& on)> describe_dependee;
  std::function<void(std::string message, std::string detail)> notice;
};

/// Removes the objects and what hangs on them, or throws SqlError 2BP01 with PostgreSQL's list of what stands in the
/// way. performMultipleDeletions.
void delete_objects(catalog::Catalog& catalog, const std::vector<catalog::Oid>& objects, const Deletion& deletion,
                    const DeletionReport& report);

}  // namespace pgplumb::engine::ddl
