import OpenSSL

extension CertificateFiles {
    /// How often a read is repeated when the files change under it.
    private static let maximumAttempts = 5

    /// What tells the present versions of the files from others.
    func stamps() throws(OpenSSLError) -> [FileStamp] {
        var stamps: [FileStamp] = []
        for path in paths {
            stamps.append(try FileStamp(path))
        }
        return stamps
    }

    /// Reads all files as they were at one moment.
    ///
    /// Links are resolved first and the files read by their real paths, so a swap of `..data` between two reads cannot
    /// pair the old certificate with the new key. If anything has changed by the end, all is read again.
    ///
    /// - Returns: The bytes in the order of ``paths``, and the stamps they belong to.
    /// - Throws: `unreadableFile` or `oversizedFile`, located at the file.
    func read() throws(OpenSSLError) -> (contents: [[UInt8]], stamps: [FileStamp]) {
        var failure = OpenSSLError(.unreadableFile, "the files change while they are read", at: certificate)
        for _ in 0..<Self.maximumAttempts {
            let before = try stamps()
            do throws(OpenSSLError) {
                var contents: [[UInt8]] = []
                for (stamp, path) in zip(before, paths) {
                    contents.append(try Self.read(stamp, path))
                }
                if try stamps() == before { return (contents, before) }
            } catch {
                // A file of the old directory may be gone by now; if nothing changed, it is as bad as it looks.
                guard try stamps() != before else { throw error }
                failure = error
            }
        }
        throw failure
    }

    /// Reads by the real path, and speaks of the path that people know.
    private static func read(_ stamp: FileStamp, _ path: String) throws(OpenSSLError) -> [UInt8] {
        do throws(OpenSSLError) {
            return try PEMFile.read(stamp.realPath)
        } catch {
            throw error.located(at: path)
        }
    }
}
