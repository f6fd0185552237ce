#if defined(__linux__) // Other platforms do without libcurl.
#define _GNU_SOURCE
#include "LibcurlLoader.h"

#include <dlfcn.h>
#include <link.h>

static struct libcurl functions;
static int (*easy_setopt)(void *, int, ...), (*easy_getinfo)(void *, int, ...), (*multi_setopt)(void *, int, ...);

static int find_interpreter(struct dl_phdr_info *info, size_t size, void *found) {
    for (int i = 0; i < info->dlpi_phnum; i++) *(int *)found |= info->dlpi_phdr[i].p_type == PT_INTERP;
    return 1; // The first object is the program itself.
}

int libcurl_is_dynamic_program(void) {
    int found = 0;
    dl_iterate_phdr(find_interpreter, &found);
    return found;
}

const char *libcurl_load(const char *name) {
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!library) return "";
    // A library that lacks a function leaves one that was loaded before as it is.
    struct libcurl loaded;
    __typeof__(easy_setopt) setopt, getinfo, set_multi;
#define LOAD(target, name) if (!(target = (__typeof__(target))dlsym(library, "curl_" #name))) return "curl_" #name;
#define LOAD_FUNCTION(result, name, parameters) LOAD(loaded.name, name)
    LIBCURL_FUNCTIONS(LOAD_FUNCTION)
    LOAD(setopt, easy_setopt)
    LOAD(getinfo, easy_getinfo)
    LOAD(set_multi, multi_setopt)
    if (loaded.global_init(3)) return "curl_global_init";
    functions = loaded;
    easy_setopt = setopt, easy_getinfo = getinfo, multi_setopt = set_multi;
    return NULL;
}

const struct libcurl *libcurl(void) { return &functions; }

#define SETTER(name, type) int libcurl_set_##name(void *easy, int option, type) { return easy_setopt(easy, option, value); }
SETTER(long, long value)
SETTER(pointer, const void *value)
SETTER(data, size_t (*value)(char *, size_t, size_t, void *))
SETTER(socket, int (*value)(void *, int, struct libcurl_address *))
SETTER(resolver, int (*value)(void *, void *, void *))
int libcurl_set_multi(void *multi, int option, long value) { return multi_setopt(multi, option, value); }

long libcurl_get(void *easy, int info) {
    long long value = 0; // As wide as the widest kind of number.
    return easy_getinfo(easy, info, &value) ? 0 : (long)value;
}
#endif
