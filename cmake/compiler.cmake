# One place for the language standard, warnings and sanitizers.
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# CMake's own -O3 takes up to 40 % more time and makes only loops over numbers faster: rooms of such loops request it
# (LOOPS in lf_room).
string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")

# With a compiler cache, the second clone and the second preset build in seconds; its absence changes
# nothing else.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Sloppiness: precompiled headers contain time stamps without meaning. Base folder:
  # paths below the clone count as relative, so build/release and build/core share their objects.
  set(launcher "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros
    "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER "${launcher}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${launcher}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options($<$<COMPILE_LANGUAGE:C,CXX>:-fpch-preprocess>)  # lets ccache read a source that begins with such a header
  endif()
endif()

add_compile_options(-Wall -Wextra -Wno-unused-parameter)

set(LATENTFLOW_SANITIZE "" CACHE STRING "Sanitizers, as given to -fsanitize=")
if(LATENTFLOW_SANITIZE)
  # -O1 and line numbers alone: with both, LibTorch's headers compile in a third of the time, and reports name
  # the same lines.
  add_compile_options(-fsanitize=${LATENTFLOW_SANITIZE} -fno-omit-frame-pointer -O1 -g1)
  add_link_options(-fsanitize=${LATENTFLOW_SANITIZE})
endif()
if(LATENTFLOW_FUZZ)
  # A fuzzer reports only what ends the process: undefined behaviour must end it too.
  set(fuzz_options -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
  add_compile_options(${fuzz_options} -fno-omit-frame-pointer -g)
  add_link_options(${fuzz_options})
endif()
