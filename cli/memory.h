#pragma once
// How the program gets its memory.

namespace pgplumb::cli {

/// To be called before anything large is allocated. Gives the allocator a region of huge pages: a check touches some hundred
/// megabytes for the first time, and with small pages spends a fifth of its time in page faults. Does nothing where the
/// system has none to give. Only transparent ones: those that are reserved are the database server's.
void prepare_memory();

}  // namespace pgplumb::cli
