// Package deploy holds what it takes to run Cymar: a compose file, Kubernetes
// manifests, a dashboard and alert rules. Its tests hold them to what they
// promise; deploy/check reads the manifests as the API server does.
package deploy
