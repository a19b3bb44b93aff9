package bottest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Certificates is files with a CA of the test's own and what it signed.
type Certificates struct{ CA, Cert, Key string }

// Certify makes a CA and a certificate for these hosts.
func Certify(tb testing.TB, hosts ...string) Certificates {
	tb.Helper()
	ca := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "A trust's own CA"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: ca.NotBefore, NotAfter: ca.NotAfter, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			leaf.IPAddresses = append(leaf.IPAddresses, ip)
		} else {
			leaf.DNSNames = append(leaf.DNSNames, h)
		}
	}
	caKey, key := newKey(tb), newKey(tb)
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		tb.Fatal(err)
	}
	return Certificates{
		CA:   pemFile(tb, "ca.pem", "CERTIFICATE", signed(tb, ca, ca, caKey, caKey)),
		Cert: pemFile(tb, "cert.pem", "CERTIFICATE", signed(tb, leaf, ca, key, caKey)),
		Key:  pemFile(tb, "key.pem", "EC PRIVATE KEY", private),
	}
}

func newKey(tb testing.TB) *ecdsa.PrivateKey {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

func signed(tb testing.TB, what, by *x509.Certificate, whose, key *ecdsa.PrivateKey) []byte {
	tb.Helper()
	der, err := x509.CreateCertificate(rand.Reader, what, by, &whose.PublicKey, key)
	if err != nil {
		tb.Fatal(err)
	}
	return der
}

func pemFile(tb testing.TB, name, kind string, der []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// ACL is the user that docs/data.md gives the bot, with the password "pa:ss@/".
const ACL = "user default off\nuser cymar on >pa:ss@/ ~{cymar:* resetchannels +@all -@admin -@dangerous +info +cluster|slots +cluster|shards\n"

// NewTLSServer starts a redis-server that speaks TLS alone and lets in the
// user of ACL alone. URL has neither the user nor the CA. The test is skipped
// where there is no redis-server.
func NewTLSServer(tb testing.TB, c Certificates) *Server {
	tb.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		tb.Skip("redis-server is not installed")
	}
	acl := filepath.Join(tb.TempDir(), "users.acl")
	if err := os.WriteFile(acl, []byte(ACL), 0o600); err != nil {
		tb.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	_, port, _ := strings.Cut(addr, ":")
	s := NewServer(tb, "--tls-port", port, "--bind", "127.0.0.1", "--tls-cert-file", c.Cert, "--tls-key-file", c.Key,
		"--tls-ca-cert-file", c.CA, "--tls-auth-clients", "no", "--aclfile", acl)
	s.URL = addr
	return s
}
