// Package install tells Jupyter about Gradbook: it writes, finds and removes
// the kernelspec, the small folder from which a front end learns how to start a
// kernel.
//
//	dir, err := install.Install(install.Options{})          // for this user
//	dir, err := install.Install(install.Options{SysPrefix: true}) // for the active environment
//	specs, err := install.Find()                            // what Jupyter would see
//	dir, err := install.Uninstall(install.Options{})        // gone again
//
// # Where
//
// Jupyter looks for a folder kernels/NAME in a list of data directories that
// differs by system and environment. [Options] names one of three: the user's
// (the default), that of a prefix, or that of the Python that Jupyter would run
// under. The rules are those of jupyter_core's paths.py; what differs by system
// lives in the files paths_*.go. No Python needs to run for any of it.
//
// # What
//
// kernel.json, and the logo in three forms, drawn by the package logo. The
// files are replaced one by one, each atomically, kernel.json last: a folder
// without it is no kernelspec, so a front end sees the old one or the new one
// and never half of either.
//
// A kernelspec that starts another program is neither replaced nor removed.
package install
