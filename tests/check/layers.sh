#!/bin/sh
# The house keeps its one direction.
exec "$(dirname "$0")/../layers.sh"
