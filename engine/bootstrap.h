#pragma once
// A database as CREATE DATABASE leaves it: what is there before anybody has created anything.
#include "catalog/catalog.h"

namespace pgplumb::engine {

/// The user-visible contents of template1 after initdb: schema public and the extension plpgsql.
catalog::Catalog fresh_database(int major);

}  // namespace pgplumb::engine
