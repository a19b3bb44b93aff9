//go:build !unix

package redisstate

import (
	"context"
	"errors"
	"log/slog"
)

var errNoServer = errors.New("no embedded server on this system")

// server does not exist here: the store is in memory.
// ErrInUse says that another process works on the data folder. Never here.
var ErrInUse = errors.New("the data folder is in use")

type server struct{ dir, socket string }

func startServer(context.Context, string, *slog.Logger) (*server, error) { return nil, errNoServer }

func (*server) await(context.Context) error { return nil }

func (*server) stop() error { return nil }
