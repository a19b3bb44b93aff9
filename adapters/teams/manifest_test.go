package teams_test

import (
	"archive/zip"
	"bytes"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"cymar/adapters/teams"
	"cymar/adapters/teams/teamsfake"
)

// packed is the files of an app package.
func packed(t *testing.T, p teams.Package) map[string][]byte {
	t.Helper()
	var b bytes.Buffer
	if n, err := p.WriteTo(&b); err != nil || n == 0 {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
	}
	return out
}

func ours() teams.Package {
	return teams.Package{AppID: teamsfake.AppID, Domain: "https://Cymar.example.nhs.uk/", Name: "Cymar", Version: "1.0.0", Owner: "An NHS trust"}
}

func TestTheManifestIsValidByThePublishedSchemasFromItsOwnVersionOn(t *testing.T) {
	t.Parallel()
	files := packed(t, ours())
	manifest := object(t, files["manifest.json"])
	in := map[string]any{"manifest": manifest, "locals": []any{object(t, files["en.json"]), object(t, files["cy.json"])},
		"versions": []string{"1.19", "1.20", "1.21", "1.22", "1.23", "1.24", "1.25", "1.26", "1.27", "1.28", "1.29"}}
	if out := strings.TrimSpace(node(t, "manifest.js", in)); out != "" {
		t.Error(out)
	}
	delete(manifest, "developer")
	in["versions"] = []string{"1.22"}
	if out := node(t, "manifest.js", in); !strings.Contains(out, "developer") {
		t.Errorf("the schema takes anything: %q", out)
	}
}

func TestTheManifestAsksForWhatItsListSaysAndNoMore(t *testing.T) {
	t.Parallel()
	m := object(t, packed(t, ours())["manifest.json"])
	var names []string
	for _, p := range teams.Permissions {
		if p.For == "" || p.Not == "" {
			t.Errorf("%s: it is not said what for", p.Name)
		}
		names = append(names, p.Name)
	}
	var asked []string
	for _, f := range find(m["authorization"], "type", "Application") {
		asked = append(asked, f["name"].(string))
	}
	for _, p := range m["permissions"].([]any) {
		asked = append(asked, p.(string))
	}
	if slices.Sort(names); !slices.Equal(names, slices.Sorted(slices.Values(asked))) {
		t.Errorf("asked for %v, listed %v", asked, names)
	}
	if full := text(m["description"]); !strings.Contains(full, "How messages are used") {
		t.Error("it is not said how messages are used")
	}
	if domains := text(m["validDomains"]); domains != `["cymar.example.nhs.uk"]` {
		t.Error(domains)
	}
}

func TestEveryTextOfTheManifestIsThereInWelsh(t *testing.T) {
	t.Parallel()
	files := packed(t, ours())
	en, cy := object(t, files["en.json"]), object(t, files["cy.json"])
	for name, v := range en {
		w, ok := cy[name].(string)
		if !ok || w == "" {
			t.Errorf("%s is missing", name)
		}
		if name != "$schema" && name != "name.short" && w == v && w != "help" {
			t.Errorf("%s is the same in both", name)
		}
		limit := map[string]int{"name.short": 30, "name.full": 100, "description.short": 80, "description.full": 4000}[name]
		if limit > 0 && len([]rune(w)) > limit {
			t.Errorf("%s is too long", name)
		}
	}
}

func TestTheIconsAreOfTheSizesAndColoursThatTeamsWants(t *testing.T) {
	t.Parallel()
	files := packed(t, ours())
	for name, size := range map[string]int{"color.png": 192, "outline.png": 32} {
		img, err := png.Decode(bytes.NewReader(files[name]))
		if err != nil || img.Bounds().Dx() != size || img.Bounds().Dy() != size {
			t.Fatalf("%s: %v, %v", name, img.Bounds(), err)
		}
		drawn := 0
		for i := range size * size {
			c := color.NRGBAModel.Convert(img.At(i%size, i/size)).(color.NRGBA)
			if name == "color.png" && c.A != 255 {
				t.Fatalf("%s is transparent", name)
			}
			if name == "outline.png" && c.A > 0 && (c.R < 250 || c.G < 250 || c.B < 250) {
				t.Fatalf("%s has a colour: %v", name, c)
			}
			if c.A > 0 && c != (color.NRGBA{31, 111, 102, 255}) {
				drawn++
			}
		}
		if share := float64(drawn) / float64(size*size); share < 0.1 || share > 0.6 {
			t.Errorf("%s: %.2f of it is drawn", name, share)
		}
	}
}

func TestThePagesThatThePackagePointsToAreThere(t *testing.T) {
	t.Parallel()
	r := open(t)
	m := object(t, packed(t, ours())["manifest.json"])
	dev := m["developer"].(map[string]any)
	for _, field := range []string{"websiteUrl", "privacyUrl", "termsOfUseUrl"} {
		path := strings.TrimPrefix(dev[field].(string), "https://cymar.example.nhs.uk")
		res, err := http.Get(r.url + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK || !bytes.Contains(body, []byte(`lang="cy"`)) {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
}

func TestAPackageIsNotMadeOfNonsense(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*teams.Package){
		"--app-id": func(p *teams.Package) { p.AppID = "1" }, "--domain": func(p *teams.Package) { p.Domain = "10.0.0.1:8080" },
		"--app-version": func(p *teams.Package) { p.Version = "v1" }, "--name": func(p *teams.Package) { p.Name = strings.Repeat("x", 31) },
		"--owner": func(p *teams.Package) { p.Owner = "" },
	} {
		p := ours()
		change(&p)
		if _, err := p.WriteTo(io.Discard); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
