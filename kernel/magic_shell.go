package kernel

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// bash runs the lines below it. A script that fails fails the cell.
func (e *evaluator) bash(ctx context.Context, o order) (*Result, error) {
	arguments := append(strings.Fields(o.argument), "-c", o.body)
	if err := e.command(ctx, exec.CommandContext(ctx, "bash", arguments...)); err != nil {
		return nil, fmt.Errorf("bash: %w", err)
	}
	return nil, nil
}

// shell runs a command. That it ends with another status than 0 is often no mistake,
// as with grep, so it is said and does not fail the cell.
func (e *evaluator) shell(ctx context.Context, o order) (*Result, error) {
	err := e.command(ctx, shellCommand(ctx, o.argument))
	var status *exec.ExitError
	if errors.As(err, &status) {
		_, err = fmt.Fprintln(e.stderr, status)
	}
	return nil, err
}

// killGrace is how long a command that is interrupted may take to end.
const killGrace = 200 * time.Millisecond

// command runs a command with the cell's output, until it ends or the cell is stopped.
// Then all that it started is stopped too.
func (e *evaluator) command(ctx context.Context, c *exec.Cmd) error {
	c.Stdout, c.Stderr = e.stdout, e.stderr
	inGroup(c)
	c.WaitDelay = 2 * killGrace
	err := c.Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
