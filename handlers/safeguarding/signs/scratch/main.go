package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"cymar/handlers/safeguarding/signs/internal/judging"
	"cymar/handlers/safeguarding/signs/internal/traits"
	"cymar/text/linear"
)

func main() {
	b, _ := os.ReadFile("model.bin")
	m := new(linear.Model)
	if err := m.UnmarshalBinary(b); err != nil {
		panic(err)
	}
	r, _ := traits.New()
	j, err := judging.New(m)
	if err != nil {
		panic(err)
	}
	s := bufio.NewScanner(os.Stdin)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var x struct{ Text string }
		json.Unmarshal(s.Bytes(), &x)
		sc := j.Score(r.Read(x.Text).Pieces, judging.Chosen)
		fmt.Println(sc.R+sc.T, sc.R, sc.T, sc.A, sc.S)
	}
}
