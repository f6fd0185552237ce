#include "BareCurl.h"

#include <dlfcn.h>
#include <stddef.h>

struct message { int kind; void *easy; union { void *whatever; int result; } data; };

static size_t ignore(char *bytes, size_t size, size_t count, void *user) {
    (void)bytes;
    (void)user;
    return size * count;
}

int bare_curl_get(const char *url, int count, int at_once) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW);
    if (!library) return -1;
    void *(*easy_init)(void) = (void *(*)(void))dlsym(library, "curl_easy_init");
    int (*easy_setopt)(void *, int, ...) = (int (*)(void *, int, ...))dlsym(library, "curl_easy_setopt");
    int (*easy_getinfo)(void *, int, ...) = (int (*)(void *, int, ...))dlsym(library, "curl_easy_getinfo");
    void (*easy_cleanup)(void *) = (void (*)(void *))dlsym(library, "curl_easy_cleanup");
    void *(*multi_init)(void) = (void *(*)(void))dlsym(library, "curl_multi_init");
    int (*multi_add)(void *, void *) = (int (*)(void *, void *))dlsym(library, "curl_multi_add_handle");
    int (*multi_remove)(void *, void *) = (int (*)(void *, void *))dlsym(library, "curl_multi_remove_handle");
    int (*multi_perform)(void *, int *) = (int (*)(void *, int *))dlsym(library, "curl_multi_perform");
    int (*multi_poll)(void *, void *, unsigned, int, int *) =
        (int (*)(void *, void *, unsigned, int, int *))dlsym(library, "curl_multi_poll");
    struct message *(*info_read)(void *, int *) = (struct message * (*)(void *, int *))dlsym(library, "curl_multi_info_read");
    int (*multi_cleanup)(void *) = (int (*)(void *))dlsym(library, "curl_multi_cleanup");
    void *multi = multi_init();
    int started = 0, ended = 0, good = 0, running, left;
    for (; started < at_once && started < count; started++) {
        void *easy = easy_init();
        easy_setopt(easy, 10002, url);
        easy_setopt(easy, 99, 1L);
        easy_setopt(easy, 20011, ignore);
        multi_add(multi, easy);
    }
    while (ended < count) {
        int before = ended;
        multi_perform(multi, &running);
        struct message *message;
        while ((message = info_read(multi, &left))) {
            if (message->kind != 1) continue;
            void *easy = message->easy;
            long status = 0;
            easy_getinfo(easy, 0x200002, &status);
            good += message->data.result == 0 && status == 200;
            ended++;
            multi_remove(multi, easy);
            if (started < count) {
                started++;
                multi_add(multi, easy);
            } else {
                easy_cleanup(easy);
            }
        }
        if (ended == before) multi_poll(multi, NULL, 0, 1000, NULL);
    }
    multi_cleanup(multi);
    return good;
}
