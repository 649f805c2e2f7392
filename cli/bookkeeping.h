#pragma once
// What a migration tool keeps in the database for itself: it is no part of the schema that the migrations say.
#include <string>
#include <vector>

#include "cli/source.h"

namespace pgplumb::cli {

/// The bookkeeping tables of both sides, as LoadedSource::bookkeeping names them.
std::vector<std::string> bookkeeping_of(const LoadedSource& one, const LoadedSource& other);

/// A bookkeeping relation, or something that belongs to one, or a schema that holds nothing else.
bool is_bookkeeping(const catalog::Catalog& catalog, const catalog::Object& object,
                    const std::vector<std::string>& entries);

/// Takes it out of the source's catalog, unless something else depends on it: plans neither make nor drop it.
void leave_out_bookkeeping(LoadedSource& source, const std::vector<std::string>& entries);

}  // namespace pgplumb::cli
