# How tests run in a build with sanitizers: a finding fails its test. Only foreign code is suppressed, each case
# with its reason in third_party/sanitizers.
set(suppressions "${CMAKE_SOURCE_DIR}/third_party/sanitizers")
set(LATENTFLOW_SANITIZER_ENVIRONMENT
  # Without halt_on_error undefined behaviour is reported and the test passes.
  "UBSAN_OPTIONS=suppressions=${suppressions}/undefined.supp:halt_on_error=1:print_stacktrace=1"
  # Some tests request too much memory and expect a failed allocation.
  "ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1:check_initialization_order=1:allocator_may_return_null=1"
  "LSAN_OPTIONS=suppressions=${suppressions}/leaks.supp:print_suppressions=0"
  "TSAN_OPTIONS=suppressions=${suppressions}/races.supp:second_deadlock_stack=1")

# lf_keep_libraries(target): in a build with the address sanitizer, the program's libraries stay loaded to its end.
function(lf_keep_libraries target)
  if(LATENTFLOW_SANITIZE MATCHES "address")
    target_sources(${target} PRIVATE "${CMAKE_SOURCE_DIR}/third_party/sanitizers/keep_libraries.cpp")
    target_link_options(${target} PRIVATE LINKER:--export-dynamic-symbol=dlclose)  # libraries must see it
  endif()
endfunction()

# lf_whole_vectors_on_stack(target): GCC before 13.3 places the stack that the address sanitizer makes for finding uses
# after a return at multiples of 32, where vectors of AVX-512 need 64 (GCC bug 110027). Kernels return no addresses.
function(lf_whole_vectors_on_stack target)
  if(LATENTFLOW_SANITIZE MATCHES "address" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE --param=asan-use-after-return=0)
  endif()
endfunction()

# lf_sanitize_tests(): gives every test of this folder, so far, that environment, and time: it is five to twenty times
# slower.
function(lf_sanitize_tests)
  if(NOT LATENTFLOW_SANITIZE)
    return()
  endif()
  get_property(tests DIRECTORY PROPERTY TESTS)
  foreach(test IN LISTS tests)
    set_property(TEST ${test} APPEND PROPERTY ENVIRONMENT ${LATENTFLOW_SANITIZER_ENVIRONMENT})
    set_property(TEST ${test} PROPERTY TIMEOUT 3600)
  endforeach()
endfunction()
