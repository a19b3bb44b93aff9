package config_test

import (
	"strings"
	"testing"

	"cymar/config"
)

func TestThePublicAddressIsOneThatABrowserCanBeSentTo(t *testing.T) {
	t.Parallel()
	for address, fine := range map[string]bool{
		"": true, "https://cymar.example.nhs.uk": true, "https://cymar.example:8443": true,
		"http://cymar.example": false, "https://cymar.example/": false, "https://cymar.example/bot": false, "cymar.example": false,
		"https://": false, "https://a:b@cymar.example": false, "https://cymar.example?x=1": false, "://": false,
	} {
		_, err := config.Load([]string{"PUBLIC_URL=" + address, "CYMAR_DATA=" + t.TempDir()})
		if got := err == nil || !strings.Contains(err.Error(), "PUBLIC_URL"); got != fine {
			t.Errorf("%q: %v", address, err)
		}
	}
}
