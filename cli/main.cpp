#include "cli/app.h"
#include "cli/memory.h"

int main(int argc, char** argv) {
  pgplumb::cli::prepare_memory();
  return pgplumb::cli::run(argc, argv);
}
