#pragma once
// The files that a script includes with psql's \i and \ir, read from where the source itself is: a directory, or a file's
// own, on disk or at a Git revision.
#include "cli/source.h"
#include "engine/simulate.h"

namespace pgplumb::cli {

/// For scripts of the source. psql's working directory is not known: \i counts from the source's root, or from where
/// pgplumb runs, if that leads into the root. What lies outside is not read.
engine::IncludeFile include_from(const SourceSpec& spec, catalog::SourceMap& sources);

}  // namespace pgplumb::cli
