# GLFW (zlib license): window, input, OpenGL context.
if(TARGET lf_glfw)
  return()
endif()
find_package(glfw3 3.3 QUIET)
if(NOT glfw3_FOUND)
  lf_missing("GLFW" "libglfw3-dev")
endif()
add_library(lf_glfw INTERFACE)
target_link_libraries(lf_glfw INTERFACE glfw)
target_compile_definitions(lf_glfw INTERFACE GLFW_INCLUDE_NONE)  # OpenGL's names come from glad
