// Applies patches by the library that the API server uses, github.com/evanphx/json-patch.
//
// Standard input has a JSON object a line: `pod`, `patch`, and `after`, which must come out. Prints how many lines there
// were and how many came out otherwise, and on standard error what the first few of those are.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"reflect"

	jsonpatch "github.com/evanphx/json-patch"
)

type line struct {
	Pod, Patch, After json.RawMessage
}

func problem(one line) string {
	patch, err := jsonpatch.DecodePatch(one.Patch)
	if err != nil {
		return err.Error()
	}
	after, err := patch.Apply(one.Pod)
	if err != nil {
		return err.Error()
	}
	// The library's own Equal takes some equal texts for different ones.
	var got, want any
	if err := json.Unmarshal(after, &got); err != nil {
		return err.Error()
	}
	if err := json.Unmarshal(one.After, &want); err != nil {
		return err.Error()
	}
	if !reflect.DeepEqual(got, want) {
		return "another pod comes out"
	}
	return ""
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	count, wrong := 0, 0
	for lines.Scan() {
		var one line
		said := ""
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			said = err.Error()
		} else {
			said = problem(one)
		}
		count++
		if said == "" {
			continue
		}
		wrong++
		if wrong <= 5 {
			fmt.Fprintf(os.Stderr, "line %d: %s\n", count, said)
		}
	}
	if err := lines.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(count, wrong)
}
