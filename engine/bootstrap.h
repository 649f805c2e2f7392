#pragma once
// A database as CREATE DATABASE leaves it: what is there before anybody has created anything.
#include "catalog/catalog.h"

namespace pgplumb::engine {

/// The user-visible contents of template1 after initdb: schema public and the extension plpgsql.
catalog::Catalog fresh_database(int major);

/// Takes away the comments that initdb and CREATE EXTENSION make by themselves, which dumps repeat: with or without them a database is the same.
/// The live reader leaves them out likewise.
void forget_stock_comments(catalog::Catalog& catalog);

}  // namespace pgplumb::engine
