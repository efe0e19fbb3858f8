# What an installation contains, and the two packages of it: a .deb and a self-extracting archive (./dev package).
#
#   component program   the program, its core, bundled model, fonts, private libraries: below the prefix
#   component system    menu entry, man page and the rest in /usr/share, and the command in /usr/bin: for the .deb
#   component local     the same below the prefix, where the archive's installer links them, and libraries for
#                       systems that lack them
if(NOT LATENTFLOW_TORCH OR NOT LATENTFLOW_WINDOW)
  return()
endif()
find_package(Python3 QUIET COMPONENTS Interpreter)
set(lf_private lib/latentflow)
set(lf_opt /opt/latentflow)
get_filename_component(lf_torch_lib "${TORCH_CPU_LIBRARY}" REALPATH)
get_filename_component(lf_torch_lib "${lf_torch_lib}" DIRECTORY)
set(lf_packaging "${CMAKE_SOURCE_DIR}/packaging")
set(lf_contact "Latent Flow Explorer authors <latentflow@example.org>")

# The date of a version: of the last commit, so that the same sources give the same package.
execute_process(COMMAND git -C "${CMAKE_SOURCE_DIR}" log -1 --format=%cs OUTPUT_VARIABLE LATENTFLOW_RELEASE_DATE
  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT LATENTFLOW_RELEASE_DATE)
  string(TIMESTAMP LATENTFLOW_RELEASE_DATE "%Y-%m-%d" UTC)
endif()
configure_file("${lf_packaging}/latentflow.metainfo.xml.in" "${CMAKE_BINARY_DIR}/latentflow.metainfo.xml" @ONLY)

# ---- program ----
# DT_RPATH, not DT_RUNPATH: it also serves the libraries that the program's libraries need, and the core that it opens.
# CMake's own exchange of run paths would end the one of the build folder with ":", which means the working folder.
foreach(target latentflow latentflow_core)
  target_link_options(${target} PRIVATE LINKER:--disable-new-dtags)
endforeach()
set_target_properties(latentflow PROPERTIES INSTALL_RPATH "$ORIGIN/../${lf_private}" BUILD_WITH_INSTALL_RPATH ON)
set_target_properties(latentflow_core PROPERTIES SKIP_BUILD_RPATH ON)  # lf_torch names LibTorch's folder
install(TARGETS latentflow RUNTIME DESTINATION bin COMPONENT program)
install(TARGETS latentflow_core LIBRARY DESTINATION ${lf_private} COMPONENT program)
install(CODE "file(RPATH_SET FILE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${lf_private}/liblatentflow_core.so\"
  NEW_RPATH [[$ORIGIN]])" COMPONENT program)
install(DIRECTORY assets/ DESTINATION share/latentflow COMPONENT program PATTERN screenshots EXCLUDE)
foreach(font opentype/inter/Inter-Regular.otf opentype/inter/Inter-SemiBold.otf
    truetype/jetbrains-mono/JetBrainsMono-Regular.ttf truetype/dejavu/DejaVuSans.ttf)
  get_filename_component(folder "${font}" DIRECTORY)
  install(FILES "/usr/share/fonts/${font}" DESTINATION share/latentflow/fonts/${folder} COMPONENT program)
endforeach()

# lf_install_script(COMPONENT SCRIPT ARGUMENTS...): runs a Python script of packaging/ at installation. In its arguments
# @PREFIX@ is the installed prefix and @DESTDIR@ the root of the package.
function(lf_install_script component script)
  string(REPLACE "@PREFIX@" "\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}" words "${ARGN}")
  string(REPLACE "@DESTDIR@" "\$ENV{DESTDIR}" words "${words}")
  list(JOIN words "\" \"" words)
  install(CODE "execute_process(COMMAND \"${Python3_EXECUTABLE}\" \"${lf_packaging}/${script}\" \"${words}\" RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR \"${script} failed; see its line above\")
endif()" COMPONENT ${component})
endfunction()
set(lf_binaries $<TARGET_FILE:latentflow> $<TARGET_FILE:latentflow_core>)
lf_install_script(program private_libraries.py --private @PREFIX@/${lf_private} --torch ${lf_torch_lib} ${lf_binaries})

# ---- system and local: the same files in two places ----
function(lf_install_shared component share)
  install(FILES packaging/latentflow.desktop DESTINATION ${share}/applications COMPONENT ${component})
  install(FILES "${CMAKE_BINARY_DIR}/latentflow.metainfo.xml" DESTINATION ${share}/metainfo COMPONENT ${component})
  install(FILES packaging/latentflow.mime.xml DESTINATION ${share}/mime/packages RENAME latentflow.xml
    COMPONENT ${component})
  install(FILES packaging/latentflow.svg DESTINATION ${share}/icons/hicolor/scalable/apps COMPONENT ${component})
  foreach(size 48 128 256)
    install(FILES packaging/latentflow-${size}.png DESTINATION ${share}/icons/hicolor/${size}x${size}/apps
      RENAME latentflow.png COMPONENT ${component})
  endforeach()
endfunction()
lf_install_shared(system /usr/share)
lf_install_shared(local share)
set(lf_texts generated_texts.py --program $<TARGET_FILE:latentflow> --date ${LATENTFLOW_RELEASE_DATE})
set(lf_notices notices.py --licence ${CMAKE_SOURCE_DIR}/LICENSE --torch ${lf_torch_lib})
lf_install_script(system ${lf_texts} --share @DESTDIR@/usr/share --doc @DESTDIR@/usr/share/doc/latentflow
  --changelog ${CMAKE_SOURCE_DIR}/CHANGELOG.md --version ${PROJECT_VERSION} --contact "${lf_contact}")
lf_install_script(system ${lf_notices} --out @DESTDIR@/usr/share/doc/latentflow ${lf_binaries})
lf_install_script(local ${lf_texts} --share @PREFIX@/share)
lf_install_script(local ${lf_notices} --out @PREFIX@/share/doc/latentflow --with-fallback ${lf_binaries})
lf_install_script(local private_libraries.py --fallback @PREFIX@/${lf_private}/fallback --torch ${lf_torch_lib}
  ${lf_binaries})
install(PROGRAMS packaging/uninstall.sh DESTINATION share/latentflow COMPONENT local)
install(FILES packaging/lintian-overrides DESTINATION /usr/share/lintian/overrides RENAME latentflow COMPONENT system)
install(CODE "file(MAKE_DIRECTORY \"\$ENV{DESTDIR}/usr/bin\")
file(CREATE_LINK ${lf_opt}/bin/latentflow \"\$ENV{DESTDIR}/usr/bin/latentflow\" SYMBOLIC)" COMPONENT system)

# ---- the packages ----
set(CPACK_GENERATOR DEB STGZ)
set(CPACK_PACKAGE_NAME latentflow)
set(CPACK_PACKAGE_VENDOR "Latent Flow Explorer authors")
set(CPACK_PACKAGE_CONTACT "${lf_contact}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "watch a generative model learn handwritten digits")
set(CPACK_PACKAGE_DESCRIPTION "Latent Flow Explorer trains an autoencoder and a flow matching model in
its latent space, and shows loss curves, reconstructions and the
trajectory from noise to digit while they learn. Without a display the
same work is done from the command line. LibTorch is included; computing
on a GPU needs a build from source.")
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGE_DIRECTORY "${CMAKE_SOURCE_DIR}/build/packages")
set(CPACK_PACKAGE_FILE_NAME "latentflow-${PROJECT_VERSION}-Linux")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)
set(CPACK_PROJECT_CONFIG_FILE "${CMAKE_SOURCE_DIR}/cmake/package_kinds.cmake")
set(CPACK_UNPACKED_MEGABYTES 450)
set(CPACK_STGZ_HEADER_FILE "${lf_packaging}/installer_header.sh.in")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${lf_torch_lib}")
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libgl1")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates, libgl1-mesa-dri, libglx-mesa0, libxcursor1, libxi6, libxrandr2, libxinerama1")
include(CPack)
