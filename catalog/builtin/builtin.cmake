# Lays out the checked-in files as one block of bytes and links it in through the assembler, which costs the compiler
# nothing.
function(pgplumb_embed_builtin target)
  set(source ${PROJECT_SOURCE_DIR}/catalog/builtin)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/builtin)
  file(GLOB_RECURSE data CONFIGURE_DEPENDS ${source}/data/*.tsv)
  set(generated ${out}/builtin.S ${out}/builtin.bin ${out}/builtin_catalogs.h ${out}/builtin_layout.h)
  add_custom_command(OUTPUT ${generated}
    COMMAND ${Python3_EXECUTABLE} -B ${source}/generate.py ${source}/data ${out}
    DEPENDS ${data} ${source}/generate.py ${source}/layout.py ${source}/schema.py ${source}/tsv.py
    COMMENT "Laying out the built-in catalogs" VERBATIM)
  set_source_files_properties(${out}/builtin.S PROPERTIES OBJECT_DEPENDS "${out}/builtin.bin;${source}/data/view.tsv")
  target_sources(${target} PRIVATE ${generated})
  target_include_directories(${target} PRIVATE ${out})
endfunction()
