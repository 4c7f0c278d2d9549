//go:build modules

// Package cluster builds nothing: it names what `go mod tidy` can't see from the tools in go.mod.
package cluster

// Only the custom resource definitions in the module's config/crd/standard are used.
import _ "sigs.k8s.io/gateway-api/apis/v1"
