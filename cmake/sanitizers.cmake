# How tests run in a build with sanitizers: a finding fails its test, and what is let pass is code that is not ours,
# named with its reason in third_party/sanitizers.
set(suppressions "${CMAKE_SOURCE_DIR}/third_party/sanitizers")
set(LATENTFLOW_SANITIZER_ENVIRONMENT
  # Without halt_on_error undefined behaviour is told and the test passes.
  "UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1"
  "ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1:check_initialization_order=1"
  "LSAN_OPTIONS=suppressions=${suppressions}/leaks.supp:print_suppressions=0"
  "TSAN_OPTIONS=suppressions=${suppressions}/races.supp:second_deadlock_stack=1")

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
