//go:build !linux

package bottest

import "syscall"

// dieWithUs does nothing here: only Linux can end a child with its parent.
func dieWithUs(*syscall.SysProcAttr) {}
