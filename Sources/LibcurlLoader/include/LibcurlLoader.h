#pragma once
#include <stddef.h>

/// What `curl_version_info` tells since version 7.70.
struct libcurl_version {
    int age; const char *_Nonnull version; unsigned int number; const char *_Nullable host;
    int features; const char *_Nullable tls; long tls_number; const void *_Nullable zlib_protocols_ares[3];
    int ares_number; const char *_Nullable libidn; int iconv; const char *_Nullable libssh;
    unsigned int brotli_number; const char *_Nullable brotli; unsigned int nghttp2_number;
    const char *_Nullable nghttp2, *_Nullable quic, *_Nullable ca_file, *_Nullable ca_folder;
};
/// An address that libcurl is about to connect to.
struct libcurl_address { int family, type, protocol; };
/// The functions of libcurl that Swift can call, by their names without `curl_`.
#define LIBCURL_FUNCTIONS(X) \
    X(int, global_init, (long)) \
    X(const struct libcurl_version *_Nonnull, version_info, (int)) \
    X(void *_Nullable, easy_init, (void)) \
    X(void, easy_cleanup, (void *_Nonnull)) X(int, easy_pause, (void *_Nonnull, int)) \
    X(void *_Nullable, slist_append, (void *_Nullable, const char *_Nonnull)) \
    X(void, slist_free_all, (void *_Nullable)) \
    X(void *_Nullable, multi_init, (void)) X(int, multi_cleanup, (void *_Nonnull)) \
    X(int, multi_add_handle, (void *_Nonnull, void *_Nonnull)) \
    X(int, multi_remove_handle, (void *_Nonnull, void *_Nonnull)) \
    X(int, multi_perform, (void *_Nonnull, int *_Nonnull)) \
    X(int, multi_poll, (void *_Nonnull, void *_Nullable, unsigned int, int, int *_Nullable)) X(int, multi_wakeup, (void *_Nonnull)) \
    X(struct libcurl_message *_Nullable, multi_info_read, (void *_Nonnull, int *_Nonnull))

struct libcurl_message { int kind; void *_Nonnull easy; union { void *_Nullable whatever; int result; } data; };
struct libcurl {
#define LIBCURL_FIELD(result, name, parameters) result(*_Nonnull name) parameters;
    LIBCURL_FUNCTIONS(LIBCURL_FIELD)
};

/// Whether the program was linked dynamically: a static one can't use a loaded library.
int libcurl_is_dynamic_program(void);
/// Loads the library; null, or the name of the function that is missing, empty if the library itself is.
const char *_Nullable libcurl_load(const char *_Nonnull name);
/// The functions, after ``libcurl_load``.
const struct libcurl *_Nonnull libcurl(void);

/// Setters for the variadic functions, one for each type of argument; 0, or libcurl's error.
int libcurl_set_long(void *_Nonnull easy, int option, long value);
int libcurl_set_pointer(void *_Nonnull easy, int option, const void *_Nullable value);
int libcurl_set_data(void *_Nonnull easy, int option, size_t (*_Nonnull)(char *_Nullable, size_t, size_t, void *_Nullable));
int libcurl_set_socket(void *_Nonnull easy, int option, int (*_Nonnull)(void *_Nullable, int, struct libcurl_address *_Nonnull));
int libcurl_set_resolver(void *_Nonnull easy, int option, int (*_Nonnull)(void *_Nullable, void *_Nullable, void *_Nullable));
int libcurl_set_multi(void *_Nonnull multi, int option, long value);
long libcurl_get(void *_Nonnull easy, int info);
