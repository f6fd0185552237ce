#pragma once
#include <stddef.h>
#define NONNULL _Nonnull
#define NULLABLE _Nullable

/// What `curl_version_info` tells, up to version 7.70; texts that may be missing are last.
struct libcurl_version {
    int age;
    const char *NONNULL version;
    unsigned int number;
    const char *NULLABLE host;
    int features;
    const char *NULLABLE tls;
    long tls_number;
    const void *NULLABLE others[3]; // zlib's version, the protocols, and c-ares' version
    int ares_number;
    const char *NULLABLE libidn;
    int iconv;
    const char *NULLABLE libssh;
    unsigned int brotli_number;
    const char *NULLABLE brotli;
    unsigned int nghttp2_number;
    const char *NULLABLE nghttp2, *NULLABLE quic, *NULLABLE ca_file, *NULLABLE ca_folder;
};

/// An address that libcurl is about to connect to.
struct libcurl_address { int family, type, protocol; };

/// The functions of libcurl that Swift can call, by their names without `curl_`.
#define LIBCURL_FUNCTIONS(X) \
    X(int, global_init, (long)) \
    X(const struct libcurl_version *NONNULL, version_info, (int)) \
    X(void *NULLABLE, easy_init, (void)) \
    X(void, easy_reset, (void *NONNULL)) \
    X(void, easy_cleanup, (void *NONNULL)) \
    X(int, easy_pause, (void *NONNULL, int)) \
    X(void *NULLABLE, slist_append, (void *NULLABLE, const char *NONNULL)) \
    X(void, slist_free_all, (void *NULLABLE)) \
    X(void *NULLABLE, multi_init, (void)) \
    X(int, multi_cleanup, (void *NONNULL)) \
    X(int, multi_add_handle, (void *NONNULL, void *NONNULL)) \
    X(int, multi_remove_handle, (void *NONNULL, void *NONNULL)) \
    X(int, multi_perform, (void *NONNULL, int *NONNULL)) \
    X(int, multi_poll, (void *NONNULL, void *NULLABLE, unsigned int, int, int *NULLABLE)) \
    X(int, multi_wakeup, (void *NONNULL)) \
    X(struct libcurl_message *NULLABLE, multi_info_read, (void *NONNULL, int *NONNULL))

struct libcurl_message { int kind; void *NONNULL easy; union { void *NULLABLE whatever; int result; } data; };
struct libcurl {
#define LIBCURL_FIELD(result, name, parameters) result(*NONNULL name) parameters;
    LIBCURL_FUNCTIONS(LIBCURL_FIELD)
};

/// Whether the program was linked dynamically: a static one can't use a loaded library.
int libcurl_is_dynamic_program(void);
/// Loads the library; null, or the name of the function that is missing, empty if the library itself is.
const char *NULLABLE libcurl_load(const char *NONNULL name);
/// The functions, after ``libcurl_load``.
const struct libcurl *NONNULL libcurl(void);

/// Setters for the variadic functions, one for each type of argument; 0, or libcurl's error.
int libcurl_set_long(void *NONNULL easy, int option, long value);
int libcurl_set_pointer(void *NONNULL easy, int option, const void *NULLABLE value);
int libcurl_set_data(void *NONNULL easy, int option, size_t (*NONNULL)(char *NULLABLE, size_t, size_t, void *NULLABLE));
int libcurl_set_socket(void *NONNULL easy, int option, int (*NONNULL)(void *NULLABLE, int, struct libcurl_address *NONNULL));
int libcurl_set_resolver(void *NONNULL easy, int option, int (*NONNULL)(void *NULLABLE, void *NULLABLE, void *NULLABLE));
int libcurl_set_multi(void *NONNULL multi, int option, long value);
long libcurl_get(void *NONNULL easy, int info);
