# lf_missing(WHAT PACKAGE): stops the configuration with the installation command.
function(lf_missing what package)
  message(FATAL_ERROR "${what} was not found. Install it with:\n    sudo apt-get install ${package}\n"
    "or let the project install all it needs:\n    ./dev setup\n")
endfunction()
