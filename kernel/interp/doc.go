// Package interp is yaegi, tamed: it loads Go source and calls a function of it,
// until the function ends, panics, or is interrupted.
//
// An interrupt ends every goroutine that the call started, so that nothing of it
// ever runs again, and leaves variables and closures alive. A panic becomes an
// error that tells the interpreted frames and nothing of the interpreter. Endless
// recursion, os.Exit and runtime.Goexit end the call and not the process.
//
// The source must be written for it. It imports [RunPath] and uses
//
//   - Go(f) for the go statement,
//   - Defers, Defer and Protect for the defer statement, Panic and Recover,
//   - Forever for an empty select,
//
// since what yaegi does there cannot be tamed from outside. Positions in the source
// are comments such as /*line In[7]/_.go:3:1*/, which stand for line 3 of cell 7.
package interp
