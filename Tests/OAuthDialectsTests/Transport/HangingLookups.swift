#if os(Linux)
import Foundation
import Testing

/// A library to preload in which looking up a host beneath `hangs.test` takes eight seconds.
final class HangingLookups: Sendable {
    let file: String
    private let folder: URL

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "OAuthDialects-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let source = folder.appending(path: "hang.c")
        file = folder.appending(path: "hang.so").path
        try Data(Self.source.utf8).write(to: source)
        let words = ["-c", "exec cc -shared -fPIC -o \"$1\" \"$2\" -ldl", "sh", file, source.path]
        let compiler = try Worker(URL(filePath: "/bin/sh"), words)
        #expect(await compiler.status() == 0, "cc failed")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static let source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <netdb.h>
        #include <string.h>
        #include <unistd.h>

        int hanging_lookups;

        int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
            size_t length = host ? strlen(host) : 0;
            if (length > 11 && !strcmp(host + length - 11, ".hangs.test")) {
                __atomic_add_fetch(&hanging_lookups, 1, __ATOMIC_SEQ_CST);
                sleep(8);
                return EAI_NONAME;
            }
            int (*original)(const char *, const char *, const struct addrinfo *, struct addrinfo **) =
                dlsym(RTLD_NEXT, "getaddrinfo");
            return original(host, service, hints, found);
        }

        """
}
#endif
