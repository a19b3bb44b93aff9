package main

import (
	"context"
	"log/slog"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"cymar/config"
)

// served runs the whole program on a free port, as a person would have it,
// and returns its address.
func served(t *testing.T, environ ...string) string {
	t.Helper()
	cfg, err := config.Load(append([]string{"CYMAR_DATA=" + t.TempDir(), "PLAYGROUND_ADDR=127.0.0.1:0"}, environ...))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	a, err := assemble(ctx, cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	page, err := a.listen()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.serve(ctx, page) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("serve ended with %v", err)
		}
		if err := a.close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return "http://" + page.Addr().(*net.TCPAddr).String()
}

// browser is a tab of a real headless Chromium.
func browser(t *testing.T, width, height int) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium: apt-get install chromium")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(width, height),
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	alloc, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	tab, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	tab, cancel = context.WithTimeout(tab, 90*time.Second)
	t.Cleanup(cancel)
	return tab
}

// step is something that a person does on the page.
type step = chromedp.Action[chromedp.Void]

// steps runs what a person does, and fails with its name.
func steps(t *testing.T, tab context.Context, name string, actions ...step) {
	t.Helper()
	if err := chromedp.Do(tab, actions...); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// value is what an expression is in the page.
func value[T any](t *testing.T, tab context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(tab, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func until(expression string) step { return chromedp.Poll[chromedp.Void](expression) }

func click(css string) step { return chromedp.Click(chromedp.CSS(css)) }

// button clicks the newest button with a label.
func button(label string) step {
	return until("(() => { const b = [...document.querySelectorAll('#log button')].filter(b => b.innerText === " + quoted(label) +
		").pop(); if (b) b.click(); return !!b; })()")
}

// be makes the page another person's.
func be(who string) step {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		pick := "(() => { const s = document.getElementById('as'); s.value = " + quoted(who) + "; s.dispatchEvent(new Event('change')); return true; })()"
		if v, err := until(pick)(ctx, t); err != nil {
			return v, err
		}
		return until("document.documentElement.dataset.ready === "+quoted(who))(ctx, t)
	}
}

// shows waits until the log's text holds all of want.
func shows(want ...string) step {
	cond := make([]string, len(want))
	for i, w := range want {
		cond[i] = "t.includes(" + quoted(w) + ")"
	}
	return until("(() => { const t = document.getElementById('log').innerText; return " + strings.Join(cond, " && ") + "; })()")
}

func quoted(s string) string { return "`" + strings.ReplaceAll(s, "`", "\\`") + "`" }

// types writes a message and sends it with the Enter key.
func types(text string) step { return chromedp.SendKeys(chromedp.CSS("#text"), text+"\r") }

// opened is the page, ready for its first person.
func opened(t *testing.T, tab context.Context) {
	t.Helper()
	steps(t, tab, "open", chromedp.Navigate(served(t)), until("document.documentElement.dataset.ready === 'amara'"))
}

func TestAPersonAsksPressesSwitchesAndWritesWelshInABrowser(t *testing.T) {
	t.Parallel()
	tab := browser(t, 1200, 900)
	opened(t, tab)
	steps(t, tab, "ask in the channel", types("@Cymar she knitted me a scarf, do i take it"), shows("boundaries", "Sources:", "This helped"))
	steps(t, tab, "the newcomer is told in private", shows("Hello, I am Cymar", "Only you can see this"))
	steps(t, tab, "press", button("This helped"), shows("that helps to keep the good answers"))
	steps(t, tab, "be Eleri", be("eleri"))
	if value[bool](t, tab, `document.getElementById('log').innerText.includes("Only you can see this")`) {
		t.Error("Eleri sees what was for Amara alone")
	}
	steps(t, tab, "her direct chat", click("button[data-place=direct-eleri]"),
		types("beth yw egwyddorion craidd cefnogaeth gan gymheiriaid?"), shows("Ffynonellau:", "Roedd hyn yn help"))
	steps(t, tab, "she chooses Welsh", button("Cymraeg"), shows("Byddaf yn ysgrifennu atoch yn Gymraeg"))
}

func TestAMessageFullOfHTMLStaysText(t *testing.T) {
	t.Parallel()
	tab := browser(t, 1000, 800)
	opened(t, tab)
	steps(t, tab, "write", types(`<img src=x onerror="document.title='broken'"><b>bold</b>`), shows("<b>bold</b>"))
	if title := value[string](t, tab, "document.title"); title != "Cymar playground" {
		t.Errorf("the title became %q", title)
	}
	if n := value[int](t, tab, `document.querySelectorAll('#log .text b, #log .text img').length`); n != 0 {
		t.Errorf("%d elements came of a text", n)
	}
}

func TestThePageWorksOnANarrowScreenAndByKeyboardAlone(t *testing.T) {
	t.Parallel()
	tab := browser(t, 320, 640)
	steps(t, tab, "a narrow screen", chromedp.EmulateViewport(320, 640))
	opened(t, tab)
	steps(t, tab, "ask", click("button[data-place=direct-amara]"), types("help"), shows("What I can do"))
	if width := value[int](t, tab, `document.documentElement.scrollWidth`); width > 320 {
		t.Errorf("the page is %d px wide", width)
	}
	steps(t, tab, "begin at the top", chromedp.Focus(chromedp.CSS("#as")))
	reached := " "
	for range 12 {
		steps(t, tab, "the Tab key", chromedp.KeyEvent("\t"))
		reached += value[string](t, tab, `(e => e.id || e.dataset.place || e.dataset.hours || e.dataset.mornings || e.tagName)(document.activeElement)`) + " "
	}
	for _, want := range []string{"1", "7", "community", "direct-amara", "log"} {
		if !strings.Contains(reached, " "+want+" ") {
			t.Errorf("the Tab key does not reach %q:%s", want, reached)
		}
	}
	if n := value[int](t, tab, `[...document.querySelectorAll('button, input, select, textarea')].filter(e => !(e.innerText || e.labels?.length || e.getAttribute('aria-label'))).length`); n != 0 {
		t.Errorf("%d controls have no name", n)
	}
}

func TestAFormIsFilledInAndItsFaultsAreShownAtTheField(t *testing.T) {
	t.Parallel()
	tab := browser(t, 1000, 800)
	opened(t, tab)
	steps(t, tab, "ask for the form", be("ruth"), types("@Cymar space"), shows("Peer support implementation space"),
		button("Change"), chromedp.WaitVisible(chromedp.CSS("#field-name")))
	steps(t, tab, "a blank name", chromedp.SetValue(chromedp.CSS("#field-name"), " "), click("dialog button[type=submit]"),
		until(`document.getElementById('field-name-error').textContent.includes("Give the space a name")`))
	steps(t, tab, "a good name", chromedp.SetValue(chromedp.CSS("#field-name"), "North"), click("dialog button[type=submit]"), shows("North"))
}

func TestTheScreenReaderHearsNewMessages(t *testing.T) {
	t.Parallel()
	tab := browser(t, 1000, 800)
	opened(t, tab)
	steps(t, tab, "ask", click("button[data-place=direct-amara]"), types("what does non-directive mean"), shows("Sources:"),
		until(`document.querySelector('#live[aria-live=polite]').textContent.includes("Cymar: ")`))
}
