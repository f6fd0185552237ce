#if os(Linux) && URLSession
internal import LibcurlLoader

/// The system's libcurl, which is loaded at run time: FoundationNetworking needs the same library, so nothing is installed.
package enum Libcurl {
    /// Why libcurl can't be used.
    package struct Unusable: Error, CustomStringConvertible {
        package let description: String
    }

    /// What the loaded library can do.
    package struct Version: Sendable {
        package var number: UInt32
        let hasHTTP2: Bool
        /// The file with the system's CA certificates, if the library names one.
        package let caFile: String?
    }

    /// The oldest version of Swift's own Linux platforms.
    package static let oldest: UInt32 = 0x07_4C_00

    /// The library, loaded at the first use.
    package static let loaded = Result { () throws(Unusable) in try load("libcurl.so.4") }

    /// Loads a library by its file name.
    package static func load(_ name: String) throws(Unusable) -> Version {
        guard libcurl_is_dynamic_program() != 0 else {
            throw Unusable(description: "the program is linked statically")
        }
        if let missing = unsafe libcurl_load(name) {
            let function = unsafe String(cString: missing)
            throw Unusable(description: "\(function.isEmpty ? name : function) could not be loaded")
        }
        let version = unsafe libcurl().pointee.version_info(6)
        let number = unsafe version.pointee.number
        guard number >= oldest else {
            throw Unusable(description: "libcurl \(unsafe text(version.pointee.version) ?? "") is older than 7.76")
        }
        let features = unsafe version.pointee.features
        guard features & Feature.tls != 0 else { throw Unusable(description: "libcurl was built without TLS") }
        return Version(
            number: number,
            hasHTTP2: features & Feature.http2 != 0,
            caFile: unsafe text(version.pointee.ca_file)
        )
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }

    private enum Feature {
        static let tls: Int32 = 1 << 2
        static let http2: Int32 = 1 << 16
    }
}
#endif
