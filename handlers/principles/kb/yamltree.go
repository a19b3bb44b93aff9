package kb

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"cymar/text"
)

// line is where a node of the front matter stands in the file.
func line(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return headLine
	}
	return headLine - 1 + n.GetToken().Position.Line
}

// mapping returns a node's values by key, nil where it is none; unknown keys
// and keys written twice are faults.
func (p *parser) mapping(name string, n ast.Node, known []string) map[string]ast.Node {
	var pairs []*ast.MappingValueNode
	switch m := n.(type) {
	case nil, *ast.NullNode:
		if name == "the front matter" {
			p.fault(headLine, "the front matter is empty: %s", remedy["id"])
		}
		return nil
	case *ast.MappingNode:
		pairs = m.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{m}
	default:
		p.fault(line(n), "%s must be lines of the form name: value (%s)", name, strings.Join(known, ", "))
		return nil
	}
	values := make(map[string]ast.Node, len(pairs))
	for _, pair := range pairs {
		key := pair.Key.String()
		switch {
		case !slices.Contains(known, key):
			p.fault(line(pair.Key), "unknown name %q in %s: there are %s", key, name, strings.Join(known, ", "))
		case values[key] != nil:
			p.fault(line(pair.Key), "%s occurs twice", key)
		default:
			values[key] = pair.Value
		}
	}
	return values
}

// items returns the nodes of a list.
func (p *parser) items(name string, n ast.Node) []ast.Node {
	switch s := n.(type) {
	case nil, *ast.NullNode:
		return nil
	case *ast.SequenceNode:
		return s.Values
	}
	p.fault(line(n), "%s must be a list: each on a line of its own that begins with a dash", name)
	return nil
}

// item is one text of a list, and the line of the file on which it stands.
type item struct {
	text string
	line int
}

// texts returns the items of a list as texts.
func (p *parser) texts(name string, n ast.Node) []item {
	var out []item
	for _, node := range p.items(name, n) {
		out = append(out, item{p.scalar("an item of "+name, node), line(node)})
	}
	return out
}

// distinct returns the texts of items; empty ones and repetitions are faults.
func (p *parser) distinct(name string, items []item) []string {
	out := make([]string, 0, len(items))
	seen := make(map[string]bool, len(items))
	for _, it := range items {
		folded := text.Fold(it.text)
		switch {
		case folded == "":
			p.fault(it.line, "an empty item in %s: take it out", name)
		case seen[folded]:
			p.fault(it.line, "%q occurs twice in %s: take one out", it.text, name)
		default:
			seen[folded] = true
			out = append(out, it.text)
		}
	}
	return out
}

// scalar returns a node's text: what it was written as, for numbers and the
// like.
func (p *parser) scalar(name string, n ast.Node) string {
	switch v := n.(type) {
	case nil, *ast.NullNode:
		return ""
	case *ast.StringNode:
		return strings.TrimSpace(v.Value)
	case *ast.LiteralNode:
		return strings.TrimSpace(v.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value
	}
	p.fault(line(n), "%s must be text: put it in \"double quotes\" if it contains a colon or begins with a sign", name)
	return ""
}
