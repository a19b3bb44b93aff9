package redisstate

import "syscall"

// childAttr gives the child a process group of its own, so that Ctrl-C in a
// terminal does not end it before we are done with it, and lets the kernel end
// it with us.
func childAttr() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
