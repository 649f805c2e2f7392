# Finds the libpg_query to link, and its pg_query.proto, from which the tree's views are generated.
# Three ways, first match wins:
#   -DPGPLUMB_PG_QUERY=TAG   a release tag, downloaded and built (FETCHCONTENT_SOURCE_DIR_LIBPG_QUERY overrides the source)
#   -DPG_QUERY_ROOT=DIR      a build of the user's: a source tree with libpg_query.a, or an install prefix
#   otherwise                the system's library
# Nothing found is cached, so that a build folder can be configured for another grammar.
include(FetchContent)

function(pgplumb_build_pg_query source)
  add_custom_command(OUTPUT ${source}/libpg_query.a
    COMMAND make -s -j2 libpg_query.a CFLAGS_OPT_LEVEL=-O2
    WORKING_DIRECTORY ${source} COMMENT "Building libpg_query in ${source}" VERBATIM)
  add_custom_target(pg_query_build DEPENDS ${source}/libpg_query.a)
endfunction()

if(PGPLUMB_PG_QUERY)
  FetchContent_Declare(libpg_query GIT_REPOSITORY https://github.com/pganalyze/libpg_query.git GIT_TAG ${PGPLUMB_PG_QUERY} GIT_SHALLOW ON)
  FetchContent_MakeAvailable(libpg_query)
  set(PG_QUERY_ROOT ${libpg_query_SOURCE_DIR})
  pgplumb_build_pg_query(${PG_QUERY_ROOT})
  set(pg_query_library ${PG_QUERY_ROOT}/libpg_query.a)
  set(pg_query_include ${PG_QUERY_ROOT})
elseif(PG_QUERY_ROOT)
  find_library(pg_query_library_root NAMES libpg_query.a pg_query PATHS ${PG_QUERY_ROOT} PATH_SUFFIXES lib NO_DEFAULT_PATH NO_CACHE REQUIRED)
  find_path(pg_query_include_root pg_query.h PATHS ${PG_QUERY_ROOT} PATH_SUFFIXES include NO_DEFAULT_PATH NO_CACHE REQUIRED)
  set(pg_query_library ${pg_query_library_root})
  set(pg_query_include ${pg_query_include_root})
else()
  find_library(pg_query_library NAMES pg_query NO_CACHE REQUIRED)
  find_path(pg_query_include pg_query.h NO_CACHE REQUIRED)
endif()

find_file(pg_query_proto NAMES pg_query.proto
  PATHS ${pg_query_include}/pg_query ${pg_query_include} ${PG_QUERY_ROOT}/protobuf NO_DEFAULT_PATH NO_CACHE REQUIRED)

add_library(pg_query UNKNOWN IMPORTED)
set_target_properties(pg_query PROPERTIES IMPORTED_LOCATION ${pg_query_library}
  INTERFACE_INCLUDE_DIRECTORIES ${pg_query_include})
if(TARGET pg_query_build)
  add_dependencies(pg_query pg_query_build)
endif()
