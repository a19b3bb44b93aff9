package main

import (
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"strings"

	"cymar/handlers/safeguarding/signs/corpus"
	"cymar/handlers/safeguarding/signs/internal/judging"
	"cymar/handlers/safeguarding/signs/internal/training"
	"cymar/handlers/safeguarding/signs/internal/traits"
)

// keywords is what the guard is compared with: the list that many bots use.
var keywords = []string{"suicid", "kill myself", "want to die", "end my life", "overdose", "self-harm", "self harm", "hunanladd"}

// measure prints how messages are read that the model has not seen: those of
// one writer by a model of all the others, then fifths of all by the rest.
func measure() error {
	messages, err := corpus.Load()
	if err != nil {
		return err
	}
	reader, err := traits.New()
	if err != nil {
		return err
	}
	texts := training.Read(reader, messages)
	for _, w := range writers(texts) {
		if err := compare("unseen "+w, texts, func(t training.Text) bool { return t.Voice == w }); err != nil {
			return err
		}
	}
	var all []judged
	for fold := range uint32(5) {
		part, err := judgeUnseen(texts, func(t training.Text) bool { return deal(t.Text)%5 == fold })
		if err != nil {
			return err
		}
		all = append(all, part...)
	}
	print5 := func(name string, of func(judged) bool) {
		report(name, slices.DeleteFunc(slices.Clone(all), func(j judged) bool { return !of(j) }))
	}
	print5("five folds, questions", func(j judged) bool { return strings.HasPrefix(j.text.Voice, "q:") })
	print5("five folds, the rest", func(j judged) bool { return !strings.HasPrefix(j.text.Voice, "q:") })
	return nil
}

// writers are the voices that are whole writers.
func writers(texts []training.Text) []string {
	var out []string
	for _, t := range texts {
		if strings.HasPrefix(t.Voice, "writer-") {
			out = append(out, t.Voice)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func deal(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32() >> 4
}

// judged is a message with its scores by a model that has not seen it.
type judged struct {
	text   training.Text
	scores judging.Scores
}

// judgeUnseen judges the texts that are held out by a model of the others.
func judgeUnseen(texts []training.Text, held func(training.Text) bool) ([]judged, error) {
	var known, unseen []training.Text
	for _, t := range texts {
		if held(t) {
			unseen = append(unseen, t)
		} else {
			known = append(known, t)
		}
	}
	m, err := training.Train(known)
	if err != nil {
		return nil, err
	}
	judge, err := judging.New(m)
	if err != nil {
		return nil, err
	}
	out := make([]judged, len(unseen))
	for i, t := range unseen {
		out[i] = judged{t, judge.Score(t.Pieces, judging.Chosen)}
	}
	return out, nil
}

func compare(name string, texts []training.Text, held func(training.Text) bool) error {
	out, err := judgeUnseen(texts, held)
	if err != nil {
		return err
	}
	report(name, out)
	return nil
}

// report prints, for several limits, how much of each level is found and how
// much that is ordinary is raised.
func report(name string, all []judged) {
	fmt.Fprintf(os.Stdout, "%s: %d messages\n", name, len(all))
	fmt.Fprintf(os.Stdout, "  keywords                R %s  ordinary raised %s\n",
		share(all, "R", byKeyword), share(all, "N", byKeyword))
	for _, l := range limits() {
		is := func(levels string) func(judged) bool {
			return func(j judged) bool { return strings.Contains(levels, j.scores.Level(l)) }
		}
		fmt.Fprintf(os.Stdout, "  R,T from %.2f, A from %.2f, S from %.2f: R %s (at least A %s)  T %s  A %s (raised %s)  S %s | ordinary to R,T %s, to A %s, to S %s\n", l.Danger, l.Distress, l.Concern,
			share(all, "R", is("R")), share(all, "R", is("RTA")), share(all, "T", is("RT")), share(all, "A", is("A")), share(all, "A", is("RT")), share(all, "S", is("S")),
			share(all, "N", is("RT")), share(all, "N", is("A")), share(all, "N", is("S")))
	}
}

// limits are those that are tried.
func limits() []judging.Limits {
	var out []judging.Limits
	for _, by := range []float64{-0.1, 0, 0.1, 0.2} {
		l := judging.Chosen
		l.Danger += by
		l.Other += by
		l.Distress += by
		l.Concern += by
		out = append(out, l)
	}
	return out
}

func byKeyword(j judged) bool {
	text := strings.ToLower(j.text.Text)
	return slices.ContainsFunc(keywords, func(k string) bool { return strings.Contains(text, k) })
}

// share is the part of a level's messages for which is holds.
func share(all []judged, level string, is func(judged) bool) string {
	n, yes := 0, 0
	for _, j := range all {
		if j.text.Level == level {
			n++
			if is(j) {
				yes++
			}
		}
	}
	if n == 0 {
		return "  –  "
	}
	return fmt.Sprintf("%5.1f%%", 100*float64(yes)/float64(n))
}
