# Walls as targets, from the one table in cmake/rooms.txt. Every room of core/ and app/ is a library whose only public
# include path is a folder holding one link, ROOM -> its sources: `#include "flow/paths.h"` compiles only in a room that
# may include lf_flow. tests/check_layers.py closes the remaining holes (relative includes, single files).

# Several sources compiled as one read their headers once: the program then takes a third of the processor time. In an
# ordinary build a changed file is compiled alone.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT LATENTFLOW_FUZZ)
  set(lf_joins ON)
else()
  set(lf_joins OFF)
endif()
option(LATENTFLOW_JOIN_SOURCES "Compile several sources of a room as one" ${lf_joins})
set(lf_joined 16)  # more saves little, and a change of one file compiles all of them

# lf_join(TARGET): compiles its sources together if requested.
function(lf_join target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${LATENTFLOW_JOIN_SOURCES} UNITY_BUILD_BATCH_SIZE ${lf_joined})
endfunction()

# lf_row(NAME ROOMS LIBRARIES): the permitted includes of a room, as lists.
function(lf_row name rooms libraries)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/cmake/rooms.txt")
  file(STRINGS "${CMAKE_SOURCE_DIR}/cmake/rooms.txt" rows REGEX "^${name} *:")
  list(LENGTH rows count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "cmake/rooms.txt has ${count} rows for the room '${name}'; it needs one.")
  endif()
  string(REGEX MATCH "^[^:]*:([^:]*):([^:]*)$" whole "${rows}")
  set(left "${CMAKE_MATCH_1}")
  set(right "${CMAKE_MATCH_2}")
  separate_arguments(left UNIX_COMMAND "${left}")
  separate_arguments(right UNIX_COMMAND "${right}")
  set(${rooms} ${left} PARENT_SCOPE)
  set(${libraries} ${right} PARENT_SCOPE)
endfunction()

# Optional libraries, and the names of their targets if they differ from lf_NAME.
set(lf_left_out "")
foreach(pair DOWNLOAD:curl GIF:giflib WEBP:webp CAIRO:cairo PHOTOS:jpeg PHOTOS:png)
  string(REPLACE ":" ";" pair "${pair}")
  list(GET pair 0 wish)
  list(GET pair 1 library)
  if(NOT LATENTFLOW_${wish})
    list(APPEND lf_left_out ${library})
  endif()
endforeach()
set(lf_private_libraries jpeg png cairo)  # nobody else is compiled with their headers and definitions

# lf_link_folder(NAME DIR INCLUDE_DIR): creates the folder with the one link, and returns its name.
function(lf_link_folder name dir include_dir)
  set(made "${CMAKE_BINARY_DIR}/rooms/${name}")
  get_filename_component(folder "${dir}" NAME)
  file(MAKE_DIRECTORY "${made}")
  file(CREATE_LINK "${CMAKE_SOURCE_DIR}/${dir}" "${made}/${folder}" SYMBOLIC)
  set(${include_dir} "${made}" PARENT_SCOPE)
endfunction()

# lf_headers(NAME DIR <folder> [LINK <targets>...]): lf_NAME is the headers of a folder alone.
function(lf_headers name)
  cmake_parse_arguments(ROOM "" "DIR" "LINK" ${ARGN})
  lf_link_folder(${name} ${ROOM_DIR} include_dir)
  add_library(lf_${name} INTERFACE)
  target_include_directories(lf_${name} INTERFACE "${include_dir}")
  target_link_libraries(lf_${name} INTERFACE ${ROOM_LINK})
endfunction()

# lf_room(NAME [DIR <folder>] [FILES <patterns>...] [EXCLUDE <regular expressions>...] [LINK <targets>...]
#         [LOOPS])
# Builds lf_NAME ('/' becomes '_') from all .cpp in core/NAME or DIR and its subfolders, with what its row in the table
# names. FILES are patterns for other sources, EXCLUDE says what to leave out, relative to DIR. LINK
# is what is no room and no library of the table. LOOPS: sums over numbers, worth -O3.
function(lf_room name)
  cmake_parse_arguments(ROOM "LOOPS" "DIR" "FILES;EXCLUDE;LINK" ${ARGN})
  if(NOT ROOM_DIR)
    set(ROOM_DIR core/${name})
  endif()
  if(NOT ROOM_FILES)
    set(ROOM_FILES *.cpp)
  endif()
  string(REPLACE "/" "_" target "lf_${name}")
  set(source_dir "${CMAKE_SOURCE_DIR}/${ROOM_DIR}")
  lf_link_folder(${name} ${ROOM_DIR} include_dir)
  list(TRANSFORM ROOM_FILES PREPEND "${source_dir}/")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS RELATIVE "${source_dir}" ${ROOM_FILES})
  foreach(excluded IN LISTS ROOM_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX "^${excluded}$")
  endforeach()
  list(TRANSFORM sources PREPEND "${source_dir}/")
  if(sources)
    add_library(${target} STATIC ${sources})
    lf_join(${target})
    if(ROOM_LOOPS)
      target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O3>)
    endif()
    set(scope PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} "${include_dir}")
  lf_link_row(${target} ${name} ${scope})
  target_link_libraries(${target} ${scope} ${ROOM_LINK})
endfunction()

# lf_link_row(TARGET NAME SCOPE): links the rooms and libraries of a row.
function(lf_link_row target name scope)
  lf_row(${name} rooms libraries)
  foreach(room IN LISTS rooms)
    string(REPLACE "/" "_" room "lf_${room}")
    target_link_libraries(${target} ${scope} ${room})
  endforeach()
  list(REMOVE_ITEM libraries ${lf_left_out})
  foreach(library IN LISTS libraries)
    if(library IN_LIST lf_private_libraries)
      target_link_libraries(${target} PRIVATE lf_${library})
    else()
      target_link_libraries(${target} ${scope} lf_${library})
    endif()
  endforeach()
  if("torch" IN_LIST libraries AND scope STREQUAL "PUBLIC")
    target_precompile_headers(${target} REUSE_FROM lf_torch_pch)
  endif()
endfunction()
