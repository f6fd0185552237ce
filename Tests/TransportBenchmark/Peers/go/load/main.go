// Gets a URL so many times, so many at once, with net/http; prints requests a second.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"
)

func main() {
	url := os.Args[1]
	count, _ := strconv.Atoi(os.Args[2])
	atOnce, _ := strconv.Atoi(os.Args[3])
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: atOnce}}
	var group sync.WaitGroup
	start := time.Now()
	for i := 0; i < atOnce; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := 0; n < count/atOnce; n++ {
				answer, err := client.Get(url)
				if err != nil || answer.StatusCode != 200 {
					panic(err)
				}
				io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
			}
		}()
	}
	group.Wait()
	fmt.Println(float64(count) / time.Since(start).Seconds())
}
