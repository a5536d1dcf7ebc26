//go:build probe

package main

import _ "lethe/app/probe" // answers on the socket that LETHE_PROBE names
