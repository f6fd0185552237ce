internal import Foundation

/// Tells whether the locks of a file system reach every process that sees its files.
package enum Volume {
    /// The Linux names of file systems whose locks may not reach other machines.
    private static let remote: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "coda", "ceph", "fuse.sshfs", "fuse.s3fs", "fuse.rclone",
    ]

    private static let known = Locked<[UInt64: String?]>([:])

    /// The name of a directory's file system if its locks may be local only; looked up once per device.
    static func remoteName(of directory: String, on device: UInt64) -> String? {
        if let name = known.withLock({ $0[device] }) { return name }
        let name = lookUp(directory, device)
        known.withLock { $0[device] = .some(name) }
        return name
    }

    #if canImport(Darwin)
    // Not `fstatfs`: Apple lists it as an API for disk space, and none of the approved reasons is this one.
    private static func lookUp(_ directory: String, _ device: UInt64) -> String? {
        let url = URL(filePath: directory, directoryHint: .isDirectory)
        let values = try? url.resourceValues(forKeys: [.volumeIsLocalKey])
        return values?.volumeIsLocal == false ? "network" : nil
    }
    #else
    private static func lookUp(_ directory: String, _ device: UInt64) -> String? {
        let table = try? Data(contentsOf: URL(filePath: "/proc/self/mountinfo"))
        return table.flatMap { remoteName(of: device, in: String(decoding: $0, as: UTF8.self)) }
    }
    #endif

    /// Reads Linux's mount table (`proc_pid_mountinfo(5)`): the third field is the device, the first after the dash the type.
    package static func remoteName(of device: UInt64, in table: String) -> String? {
        let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
        let minor = device & 0xFF | (device >> 12) & ~0xFF
        for line in table.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 6, fields[2] == "\(major):\(minor)", let dash = fields.firstIndex(of: "-"),
                dash + 1 < fields.count
            else { continue }
            let kind = String(fields[dash + 1])
            if remote.contains(kind) { return kind }
        }
        return nil
    }
}
