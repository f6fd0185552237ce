import Foundation

extension Peer {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Peers")
    static let programs = FileManager.default.temporaryDirectory.appending(path: "oauth-benchmark-peers").path
    private static let works: Set = ["fresh", "crowd", "down", "first"]

    static let known = [
        Peer(
            name: "Go x/oauth2",
            command: ["\(programs)/go"],
            build: (
                ["GO111MODULE=off", "GOPATH=/usr/share/gocode", "go", "build", "-o", "\(programs)/go", "main.go"],
                sources.appending(path: "go")
            ),
            install: "apt-get install golang-go golang-golang-x-oauth2-dev",
            works: works.union(["pair", "quad"])
        ),
        Peer(
            name: "Java google-auth",
            command: ["java", "-cp", "/usr/share/java/*:\(programs)", "Peer"],
            build: (
                ["javac", "-cp", "/usr/share/java/*", "-d", programs, "Peer.java"], sources.appending(path: "java")
            ),
            install: "apt-get install default-jdk-headless libgoogle-auth-java libgoogle-oauth-client-java",
            // Callers of a provider that is down wait for one another's attempts, for many minutes.
            works: works.union(["pair", "quad"]).subtracting(["down"])
        ),
        python("Authlib", "authlib_peer.py", install: "authlib requests"),
        python("requests-oauthlib", "requests_oauthlib_peer.py", install: "requests-oauthlib"),
        python("Python google-auth", "google_auth_peer.py", install: "google-auth requests"),
    ]

    private static func python(_ name: String, _ file: String, install: String) -> Peer {
        Peer(
            name: name,
            command: ["python3", sources.appending(path: "python/\(file)").path],
            install: "pip install \(install)",
            works: works
        )
    }
}
