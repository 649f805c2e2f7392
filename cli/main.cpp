#include "cli/app.h"

int main(int argc, char** argv) { return pgplumb::cli::run(argc, argv); }
