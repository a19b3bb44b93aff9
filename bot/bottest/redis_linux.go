package bottest

import "syscall"

// dieWithUs lets the kernel end a child when the test's process ends.
func dieWithUs(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }
