#pragma once

/// Gets a URL so many times over libcurl's multi interface on the calling thread, with so many transfers at once.
/// Returns how many were answered with 200, or -1 if libcurl can't be loaded.
int bare_curl_get(const char *url, int count, int at_once);
