//go:build unix && !linux

package redisstate

import "syscall"

// childAttr gives the child a process group of its own. Only Linux can end it
// with us: elsewhere, after a kill -9 of the bot, the next start names the
// process that has to be ended.
func childAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
