// Gets a token for each of so many clients, all at once, over 256 connections of net/http; prints the processor time in seconds
// and the largest memory in KiB.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

type answer struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"`
}

func main() {
	endpoint := os.Args[1]
	count, _ := strconv.Atoi(os.Args[2])
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 256, MaxIdleConnsPerHost: 256}}
	tokens := make([]answer, count)
	var group sync.WaitGroup
	for i := range tokens {
		group.Add(1)
		go func() {
			defer group.Done()
			form := url.Values{"grant_type": {"client_credentials"}}
			request, _ := http.NewRequest("POST", endpoint, strings.NewReader(form.Encode()))
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			request.SetBasicAuth(fmt.Sprint("client-", i), "secret")
			response, err := client.Do(request)
			if err != nil {
				panic(err)
			}
			defer response.Body.Close()
			if json.NewDecoder(response.Body).Decode(&tokens[i]) != nil || tokens[i].AccessToken == "" {
				panic("no token")
			}
		}()
	}
	group.Wait()
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	seconds := float64(usage.Utime.Sec+usage.Stime.Sec) + float64(usage.Utime.Usec+usage.Stime.Usec)/1e6
	fmt.Println(seconds, usage.Maxrss)
}
