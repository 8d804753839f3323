// Package modules brings Go modules to cells: it fetches them from a module proxy,
// verifies them, resolves what they require, and finds the files of their packages.
// It needs no Go toolchain.
//
//   - environment.go: the variables that the go command obeys, as far as they apply.
//   - proxy.go: requests to the proxies of GOPROXY, one after the other.
//   - checksum.go, database.go: what is fetched must have the hash that the checksum database
//     tells, or the one it had before.
//   - cache.go: what was fetched and verified, in a folder of Gradbook's own.
//   - resolve.go: the version of each module, by minimal version selection.
//   - packages.go: the files of a package, and why an interpreter cannot have it.
//   - survey.go: a whole module looked at, before a cell imports any of it.
//   - store.go: [Store], which joins them.
//
// Versions are chosen as the go command chooses them for a main module that requires
// what the notebook asked for. A module whose go.mod says go 1.17 or later lists all
// that it needs, so that what lies behind those is not read.
package modules
