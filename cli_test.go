package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ran is what the program said and how it ended.
type ran struct {
	out, err string
	status   int
}

// cymar runs the program as the command line would.
func cymar(t *testing.T, in string, environ []string, args ...string) ran {
	t.Helper()
	var out, err bytes.Buffer
	environ = append([]string{"CYMAR_DATA=" + t.TempDir()}, environ...)
	status := run(t.Context(), args, stdio{strings.NewReader(in), &out, &err, environ})
	return ran{out.String(), err.String(), status}
}

func TestAQuestionOnTheCommandLineIsAnsweredWithSources(t *testing.T) {
	t.Parallel()
	got := cymar(t, "", nil, "ask", "what", "does", "non-directive", "mean")
	if got.status != 0 || !strings.Contains(got.out, "Sources:") {
		t.Errorf("%+v", got)
	}
}

func TestAnAnswerIsExplained(t *testing.T) {
	t.Parallel()
	got := cymar(t, "", nil, "ask", "--explain", "how often sup")
	if got.status != 0 || !strings.Contains(got.out, "supervision-frequency") {
		t.Errorf("%+v", got)
	}
}

func TestQuestionsAsLinesAreAnsweredAsLines(t *testing.T) {
	t.Parallel()
	in := `{"id":"a","q":"what does non-directive mean"}
{"id":"b","q":"i want to kill myself"}

{"id":"c","q":"what medication is best for bipolar"}
{"id":"d","q":"hello"}
{"id":"e","q":"my friend says he's going to kill himself tonight, what do I do"}
`
	got := cymar(t, in, nil, "ask", "--jsonl")
	want := map[string]string{"a": "answer", "b": "crisis", "c": "unsure", "d": "smalltalk", "e": "answer"}
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	if got.status != 0 || len(lines) != len(want) {
		t.Fatalf("%+v", got)
	}
	for _, l := range lines {
		var a answered
		if err := json.Unmarshal([]byte(l), &a); err != nil {
			t.Fatal(err)
		}
		if a.Outcome != want[a.ID] || a.Text == "" {
			t.Errorf("%s: %s, want %s: %s", a.ID, a.Outcome, want[a.ID], a.Text)
		}
		if urgent := a.ID == "b" || a.ID == "e"; urgent && !strings.Contains(a.Text, "999") {
			t.Errorf("%s names no urgent help: %s", a.ID, a.Text)
		}
	}
}

func TestTheGuardShowsItsLevels(t *testing.T) {
	t.Parallel()
	in := `{"id":"1","text":"i want to die"}
{"id":"2","text":"this deadline is killing me"}
{"id":"3","text":"my friend says he's going to kill himself tonight, what do I do"}
`
	got := cymar(t, in, nil, "guard", "--jsonl")
	for _, want := range []string{`{"id":"1","level":"R"}`, `{"id":"2","level":"N"}`, `{"id":"3","level":"T"}`} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %s in %s", want, got.out)
		}
	}
}

func TestALineThatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	got := cymar(t, "{\"id\":\"a\",\"q\":\"hi\"}\nnonsense\n", nil, "ask", "--jsonl")
	if got.status != 2 || !strings.Contains(got.err, "line 2") {
		t.Errorf("%+v", got)
	}
}

func TestCheckSaysWhatIsThere(t *testing.T) {
	t.Parallel()
	got := cymar(t, "", nil, "check")
	for _, want := range []string{"Settings: fine", "entries", "Store:", "samaritans", "off until somebody has checked"} {
		if got.status != 0 || !strings.Contains(got.out, want) {
			t.Errorf("no %q in %+v", want, got)
		}
	}
}

func TestMistakesEndWithTwoAndSayWhatToDo(t *testing.T) {
	t.Parallel()
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = busy.Close() })
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, "x.md"), []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		environ []string
		args    []string
		want    string
	}{
		"a port in use":       {[]string{"PLAYGROUND_ADDR=" + busy.Addr().String()}, nil, "set another port"},
		"a public address":    {[]string{"PLAYGROUND_ADDR=0.0.0.0:80"}, nil, "loopback"},
		"no such Redis":       {[]string{"REDIS_URL=redis://127.0.0.1:1"}, nil, "127.0.0.1:1"},
		"not a Redis address": {[]string{"REDIS_URL=http://x"}, nil, "REDIS_URL"},
		"a bad settings file": {[]string{"CYMAR_SETTINGS=/nowhere"}, nil, "CYMAR_SETTINGS"},
		"a broken entry":      {[]string{"KNOWLEDGE_DIR=" + broken}, nil, "x.md"},
		"the same, checked":   {[]string{"KNOWLEDGE_DIR=" + broken, "CYMAR_SETTINGS=/nowhere"}, []string{"check"}, "x.md"},
		"an unknown command":  {nil, []string{"dance"}, "--help"},
		"no question":         {nil, []string{"ask"}, "write a question"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := cymar(t, "", c.environ, c.args...); got.status != 2 || !strings.Contains(got.err, c.want) {
				t.Errorf("status %d, want %q in: %s%s", got.status, c.want, got.out, got.err)
			}
		})
	}
}

func TestHelpAndVersionArePlain(t *testing.T) {
	t.Parallel()
	help := cymar(t, "", nil, "--help")
	for _, want := range []string{"ask", "guard", "check", "playground"} {
		if help.status != 0 || !strings.Contains(help.out, want) {
			t.Errorf("no %q in %s", want, help.out)
		}
	}
	if v := cymar(t, "", nil, "version"); v.status != 0 || !strings.HasPrefix(v.out, "cymar ") {
		t.Errorf("%+v", v)
	}
}

func TestServingEndsCleanlyWhenAsked(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	out := newWaiter("Cymar is running")
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, nil, stdio{strings.NewReader(""), out, out, []string{"CYMAR_DATA=" + t.TempDir(), "PLAYGROUND_ADDR=127.0.0.1:0"}})
	}()
	<-out.seen
	stop()
	if status := <-done; status != 0 {
		t.Errorf("status %d: %s", status, out.String())
	}
}
