# LibTorch 2.11 (BSD-3-Clause): tensors, autograd, CPU kernels. Linked as libtorch_cpu + libc10 only:
# find_package(Torch) of a CUDA build would demand nvcc, which the core does not need.
if(TARGET lf_torch)
  return()
endif()
set(LATENTFLOW_TORCH_VERSION 2.11.0)
if(NOT "$ENV{LATENTFLOW_CACHE}" STREQUAL "")
  set(lf_cache "$ENV{LATENTFLOW_CACHE}")
elseif(IS_ABSOLUTE "$ENV{XDG_CACHE_HOME}")  # the XDG standard ignores relative ones
  set(lf_cache "$ENV{XDG_CACHE_HOME}/latentflow")
else()
  set(lf_cache "$ENV{HOME}/.cache/latentflow")
endif()

# A folder found earlier that no longer exists (the cache was moved or emptied) is searched again.
foreach(place TORCH_INCLUDE TORCH_CPU_LIBRARY C10_LIBRARY)
  if(DEFINED CACHE{${place}} AND NOT EXISTS "${${place}}")
    unset(${place} CACHE)
  endif()
endforeach()
# CMAKE_PREFIX_PATH comes first: its root, or the share/cmake folder inside it that PyTorch names.
set(lf_torch_home "${lf_cache}/libtorch-${LATENTFLOW_TORCH_VERSION}")
find_path(TORCH_INCLUDE ATen/ATen.h HINTS "${lf_torch_home}" PATH_SUFFIXES include ../../include)
find_library(TORCH_CPU_LIBRARY torch_cpu HINTS "${lf_torch_home}" PATH_SUFFIXES lib ../../lib)
find_library(C10_LIBRARY c10 HINTS "${lf_torch_home}" PATH_SUFFIXES lib ../../lib)
if(NOT TORCH_INCLUDE OR NOT TORCH_CPU_LIBRARY OR NOT C10_LIBRARY)
  message(FATAL_ERROR "LibTorch ${LATENTFLOW_TORCH_VERSION} was not found. Fetch it into the cache with:\n"
    "    ./dev setup\nor name your own:\n    cmake -DCMAKE_PREFIX_PATH=/path/to/libtorch ...\n")
endif()
get_filename_component(TORCH_LIB_DIR "${TORCH_CPU_LIBRARY}" REALPATH)
get_filename_component(TORCH_LIB_DIR "${TORCH_LIB_DIR}" DIRECTORY)

# Another version may work, but was not measured.
set(lf_torch_version "")
foreach(header torch/headeronly/version.h torch/csrc/api/include/torch/version.h)
  if(EXISTS "${TORCH_INCLUDE}/${header}")
    file(STRINGS "${TORCH_INCLUDE}/${header}" lf_torch_lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH)")
    string(REGEX MATCHALL "[0-9]+" lf_torch_version "${lf_torch_lines}")
    list(JOIN lf_torch_version "." lf_torch_version)
    break()
  endif()
endforeach()
if(NOT lf_torch_version STREQUAL LATENTFLOW_TORCH_VERSION)
  message(WARNING "LibTorch ${lf_torch_version} in ${TORCH_LIB_DIR} is used; this project is tested with "
    "${LATENTFLOW_TORCH_VERSION}, which './dev setup' fetches when CMAKE_PREFIX_PATH names no other.")
endif()

add_library(lf_torch INTERFACE)
target_include_directories(lf_torch SYSTEM INTERFACE
  "${TORCH_INCLUDE}" "${TORCH_INCLUDE}/torch/csrc/api/include")
target_link_libraries(lf_torch INTERFACE "${TORCH_CPU_LIBRARY}" "${C10_LIBRARY}")
target_link_options(lf_torch INTERFACE "LINKER:-rpath,${TORCH_LIB_DIR}"
  "LINKER:--allow-shlib-undefined")
# The CUDA part, for the plug-in. Without it the plug-in is compiled and linked all the same, to
# empty libraries of the two names: it can be opened as soon as the real ones are beside libtorch_cpu.so.
file(GLOB lf_cuda_runtimes "${TORCH_LIB_DIR}/libcudart.so.*")
if(lf_cuda AND lf_cuda_runtimes AND NOT lf_cuda_runtimes MATCHES "libcudart\\.so\\.${CUDAToolkit_VERSION_MAJOR}")
  lf_no_cuda("nvcc is of CUDA ${CUDAToolkit_VERSION_MAJOR}, this LibTorch of another")  # two runtimes in one process
elseif(lf_cuda)
  add_library(lf_torch_cuda INTERFACE)
  target_link_libraries(lf_torch_cuda INTERFACE lf_torch CUDA::cudart)
  # LibTorch's operations register themselves when they are loaded: the library is needed whether or not a symbol is.
  target_link_options(lf_torch_cuda INTERFACE LINKER:--no-as-needed)
  if(EXISTS "${TORCH_LIB_DIR}/libtorch_cuda.so" AND EXISTS "${TORCH_LIB_DIR}/libc10_cuda.so")
    target_link_options(lf_torch_cuda INTERFACE LINKER:-z,defs)
    target_link_libraries(lf_torch_cuda INTERFACE "${TORCH_LIB_DIR}/libtorch_cuda.so" "${TORCH_LIB_DIR}/libc10_cuda.so")
    message(STATUS "CUDA plug-in: built with nvcc ${CUDAToolkit_VERSION}")
  else()
    file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/cuda_half/empty.cpp" CONTENT "// stands in for LibTorch's CUDA half\n")
    foreach(name torch_cuda c10_cuda)
      add_library(lf_empty_${name} SHARED "${CMAKE_BINARY_DIR}/cuda_half/empty.cpp")
      set_target_properties(lf_empty_${name} PROPERTIES OUTPUT_NAME ${name}
        LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/cuda_half")
      # As options, because as libraries their folder would be in the run path.
      target_link_options(lf_torch_cuda INTERFACE "$<TARGET_FILE:lf_empty_${name}>")
      add_dependencies(lf_torch_cuda lf_empty_${name})
    endforeach()
    message(STATUS "CUDA plug-in: built with nvcc ${CUDAToolkit_VERSION}; opening it needs LibTorch's CUDA part, "
      "which './dev setup' downloads if an NVIDIA driver is installed")
  endif()
endif()
# LibTorch's wheel contains its own libgomp; a second one in the process would be a second team of threads.
add_library(lf_openmp INTERFACE)
if(EXISTS "${TORCH_LIB_DIR}/libgomp.so.1")
  target_link_libraries(lf_openmp INTERFACE "${TORCH_LIB_DIR}/libgomp.so.1")
else()
  find_package(OpenMP REQUIRED COMPONENTS CXX)
  target_link_libraries(lf_openmp INTERFACE OpenMP::OpenMP_CXX)
endif()
# ATen has everything the core uses (autograd included); torch/torch.h would double the cost. Precompiled once, every
# torch room reuses it.
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/torch_pch.cpp"  # unlike WRITE leaves an equal file alone
  CONTENT "// exists to carry the precompiled header\n")
add_library(lf_torch_pch STATIC "${CMAKE_BINARY_DIR}/torch_pch.cpp")
target_link_libraries(lf_torch_pch PUBLIC lf_torch)
target_precompile_headers(lf_torch_pch PRIVATE <ATen/ATen.h> <ATen/CPUGeneratorImpl.h>
  <ATen/core/grad_mode.h>)
