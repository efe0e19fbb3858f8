# glad (MIT): the OpenGL 3.3 core loader, generated at build time (no generated source is committed).
if(TARGET lf_glad)
  return()
endif()
find_program(GLAD_PROGRAM glad)
if(NOT GLAD_PROGRAM)
  lf_missing("glad" "python3-glad")
endif()
# glad 1 has the same name but other options: it takes no language at the end.
execute_process(COMMAND "${GLAD_PROGRAM}" --help OUTPUT_VARIABLE lf_glad_help ERROR_QUIET)
if(NOT lf_glad_help MATCHES "{c,")
  lf_missing("glad 2 (${GLAD_PROGRAM} is older)" "python3-glad")
endif()
set(glad_dir "${CMAKE_BINARY_DIR}/glad")
# Reproducible: the API description bundled with glad, none from the network.
add_custom_command(
  OUTPUT "${glad_dir}/src/gl.c" "${glad_dir}/include/glad/gl.h"
  COMMAND "${GLAD_PROGRAM}" --api gl:core=3.3 --extensions "" --out-path "${glad_dir}" --quiet --reproducible c
  COMMENT "Generating the OpenGL 3.3 loader" VERBATIM)
add_library(lf_glad STATIC "${glad_dir}/src/gl.c" "${glad_dir}/include/glad/gl.h")
target_include_directories(lf_glad SYSTEM PUBLIC "${glad_dir}/include")
target_link_libraries(lf_glad PUBLIC lf_opengl)
