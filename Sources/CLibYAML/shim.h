#ifndef PILLION_CLIBYAML_SHIM_H
#define PILLION_CLIBYAML_SHIM_H

#include <yaml.h>

#endif
