// A plain admission webhook by Go's standard library, to compare with: net/http over TLS, encoding/json into maps.
//
//	peer -listen 127.0.0.1:0 -cert tls.crt -key tls.key -sidecars patch.json [-client-ca ca.crt] -port-file port
//
// The sidecars are given as the JSON patch that adds them to a pod, so that the peer answers the same reviews with as
// many bytes. It does what the usual injector does: decode, look whether a container of that name is there, build the
// patch from maps, encode, answer.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

const bodyLimit = 32 << 20

type webhook struct {
	sidecars []map[string]any
}

// present tells whether the pod has a container of that name.
func present(spec map[string]any, name any) bool {
	for _, key := range []string{"containers", "initContainers"} {
		list, _ := spec[key].([]any)
		for _, item := range list {
			if container, ok := item.(map[string]any); ok && container["name"] == name {
				return true
			}
		}
	}
	return false
}

// patch is what adds the sidecars to the pod, without those that it has.
func (w *webhook) patch(pod map[string]any) []map[string]any {
	metadata, _ := pod["metadata"].(map[string]any)
	annotations, _ := metadata["annotations"].(map[string]any)
	spec, _ := pod["spec"].(map[string]any)
	if _, asked := annotations["pillion.dev/inject"]; !asked || spec == nil {
		return nil
	}
	var patch []map[string]any
	for _, operation := range w.sidecars {
		if value, ok := operation["value"].(map[string]any); ok && strings.Contains(operation["path"].(string), "ontainers/") {
			if present(spec, value["name"]) {
				continue
			}
		}
		patch = append(patch, map[string]any{"op": "add", "path": operation["path"], "value": operation["value"]})
	}
	return patch
}

func (w *webhook) ServeHTTP(out http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(out, in.Body, bodyLimit))
	if err != nil {
		http.Error(out, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	var review map[string]any
	if err := json.Unmarshal(body, &review); err != nil {
		http.Error(out, err.Error(), http.StatusBadRequest)
		return
	}
	request, ok := review["request"].(map[string]any)
	if !ok {
		http.Error(out, "no request", http.StatusBadRequest)
		return
	}
	response := map[string]any{"uid": request["uid"], "allowed": true}
	if pod, ok := request["object"].(map[string]any); ok {
		if patch := w.patch(pod); patch != nil {
			text, err := json.Marshal(patch)
			if err != nil {
				http.Error(out, err.Error(), http.StatusInternalServerError)
				return
			}
			// encoding/json writes bytes as Base64.
			response["patch"], response["patchType"] = text, "JSONPatch"
		}
	}
	answer, err := json.Marshal(map[string]any{
		"apiVersion": review["apiVersion"], "kind": "AdmissionReview", "response": response,
	})
	if err != nil {
		http.Error(out, err.Error(), http.StatusInternalServerError)
		return
	}
	out.Header().Set("Content-Type", "application/json")
	out.Write(answer)
}

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "where to serve")
	certificate := flag.String("cert", "", "the certificate, PEM")
	key := flag.String("key", "", "its key, PEM")
	clients := flag.String("client-ca", "", "the authority of client certificates, PEM")
	sidecars := flag.String("sidecars", "", "the JSON patch that adds the sidecars")
	portFile := flag.String("port-file", "", "where to write the port")
	flag.Parse()

	handler := &webhook{}
	text, err := os.ReadFile(*sidecars)
	if err == nil {
		err = json.Unmarshal(text, &handler.sidecars)
	}
	if err != nil {
		log.Fatal(err)
	}
	// HTTP/1.1 alone, as the API server speaks it to webhooks behind a Service.
	settings := &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}
	if *clients != "" {
		authorities, err := os.ReadFile(*clients)
		if err != nil {
			log.Fatal(err)
		}
		settings.ClientCAs = x509.NewCertPool()
		settings.ClientCAs.AppendCertsFromPEM(authorities)
		settings.ClientAuth = tls.VerifyClientCertIfGiven
	}
	mux := http.NewServeMux()
	mux.Handle("/mutate", handler)
	server := &http.Server{
		Handler: mux, TLSConfig: settings, IdleTimeout: 180 * time.Second, ReadHeaderTimeout: 5 * time.Second,
		ErrorLog: log.New(io.Discard, "", 0), TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	if err := os.WriteFile(*portFile, []byte(port), 0o644); err != nil {
		log.Fatal(err)
	}
	log.Fatal(server.ServeTLS(listener, *certificate, *key))
}
