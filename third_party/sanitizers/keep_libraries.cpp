// For the address sanitizer alone: libraries stay loaded to the end. Leaks are looked for after the graphics
// driver was unloaded; what it left is then of an unknown module, which no line of leaks.supp can name.

/// Takes the place of the C library's function in the whole process; says that all went well.
extern "C" int dlclose(void* /*library*/) { return 0; }
